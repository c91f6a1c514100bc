package dev.parley.server.messages;

import dev.parley.server.events.Event;
import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.messages.SubmitFound.Kept;
import dev.parley.server.messages.SubmitFound.Place;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.platform.jsonapi.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides about the messages of a group, one after the other, and gathers what is to be written. Not thread-safe. */
final class SubmitPlan {

    private final Map<String, ChannelRule> rules;
    private final AcceptClaims.Batch claims;
    private final Instant now;
    private final List<Submitted> outcomes = new ArrayList<>();
    private final List<Stored> stored = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Map<ThreadKey, Work> work = new LinkedHashMap<>();
    private boolean gone;

    /**
     * A message to insert.
     *
     * @param seq its place in its thread; null when it takes none
     * @param lease by which it is claimed; null when it is not
     */
    record Stored(
            Message message,
            UUID account,
            int lane,
            @Nullable Long seq,
            AcceptClaims.@Nullable Lease lease) {

        Phase phase() {
            return lease == null ? message.phase() : Phase.OPEN;
        }
    }

    /** What an idempotency key is to be remembered with. */
    record Answer(
            UUID organization,
            Idempotency key,
            String outcome,
            @Nullable UUID message,
            @Nullable String state) {}

    /**
     * What becomes of a thread's dispatch row.
     *
     * @param account of the first message that takes a place; null while none does
     * @param lane the first lane of those that take a place
     * @param lease by which the first message is claimed; null when it is not
     */
    record Work(
            UUID organization,
            UUID thread,
            long lastSeq,
            Instant lastMessageAt,
            @Nullable UUID account,
            int lane,
            AcceptClaims.@Nullable Lease lease) {

        Work heard(Instant at) {
            Instant latest = at.isAfter(lastMessageAt) ? at : lastMessageAt;
            return new Work(organization, thread, lastSeq, latest, account, lane, lease);
        }

        Work placed(UUID sender, int its, AcceptClaims.@Nullable Lease claim) {
            return account == null
                    ? new Work(organization, thread, lastSeq + 1, lastMessageAt, sender, its, claim)
                    : new Work(organization, thread, lastSeq + 1, lastMessageAt, account, Math.min(lane, its), lease);
        }
    }

    private record ThreadKey(UUID organization, UUID thread) {}

    /**
     * An empty plan.
     *
     * @param claims is asked for each message that could go out at once
     * @param now the database's time
     */
    SubmitPlan(Map<String, ChannelRule> rules, AcceptClaims.Batch claims, Instant now) {
        this.rules = rules;
        this.claims = claims;
        this.now = now;
    }

    /**
     * Decides about the next message.
     *
     * @param unknown what is wrong with the messages that it names
     */
    void add(SubmitCommand command, SubmitFound found, List<Problem> unknown) {
        outcomes.add(decide(command, found, unknown));
    }

    private Submitted decide(SubmitCommand command, SubmitFound found, List<Problem> unknown) {
        Kept kept = found.kept();
        Place place = found.thread();
        if (kept != null) {
            return kept.again();
        }
        if (place == null) {
            return new Submitted.NoThread();
        }
        ChannelRule rule = rules.get(place.channel());
        if (found.idTaken()) {
            return refuse(command, "id_taken", new Submitted.IdTaken());
        }
        if (found.account() == null || rule == null) {
            return refuse(command, "no_account", new Submitted.NoAccount());
        }
        List<Problem> problems = command.fit().problems(rule);
        if (!problems.isEmpty() || !unknown.isEmpty()) {
            return unfit(command, problems.isEmpty() ? unknown : problems);
        }
        if (place.lastSeq() == null) {
            gone = true;
            return new Submitted.NoThread();
        }
        boolean closed = command.freeForm() && rule.windowed() && !found.windowOpen();
        return store(command, place, place.lastSeq(), found.account(), closed);
    }

    private Submitted refuse(SubmitCommand command, String outcome, Submitted refusal) {
        remember(command, outcome, null, null);
        return refusal;
    }

    private Submitted unfit(SubmitCommand command, List<Problem> problems) {
        remember(command, "unfit", null, KeptProblems.write(problems));
        return new Submitted.Unfit(problems);
    }

    private Submitted store(SubmitCommand command, Place place, long lastSeq, UUID account, boolean closed) {
        boolean sameThread = place.id().equals(command.message().threadId());
        Message message = command.message().inThread(place.id());
        String state = sameThread ? command.state() : MessageView.state(message);
        events.add(MessageView.event(message, Event.Kind.CREATE, List.of(), state));
        if (message.phase() == Phase.SCHEDULED) {
            stored.add(new Stored(message, account, command.lane(), null, null));
            remember(command, "scheduled", message.id(), state);
            return new Submitted.Accepted(message, null);
        }
        Work heard = work(message, lastSeq).heard(message.createdAt());
        if (closed) {
            return fail(command, message, heard, account);
        }
        boolean due = !place.takenCareOf() && heard.account() == null;
        AcceptClaims.Lease lease = due ? claim(command, message, heard.lastSeq() + 1, place.idle(), account) : null;
        Work placed = heard.placed(account, command.lane(), lease);
        work.put(key(message), placed);
        stored.add(new Stored(message, account, command.lane(), placed.lastSeq(), lease));
        remember(command, "queued", message.id(), state);
        return new Submitted.Accepted(message, due && lease == null ? account : null);
    }

    /** Those that nobody waits for take what is left; what names another message needs to be told what the provider calls it. */
    private AcceptClaims.@Nullable Lease claim(
            SubmitCommand command, Message message, long seq, AcceptClaims.@Nullable Idle thread, UUID account) {
        boolean first = command.lane() == SubmitCommand.INTERACTIVE
                && command.fit().references().isEmpty();
        return thread == null || !first
                ? null
                : claims.claim(new AcceptClaims.Candidacy(message, account, seq, command.freeForm(), thread, now));
    }

    /** A closed window: the message is stored as failed, takes no place in the order, and its failure is told. */
    private Submitted fail(SubmitCommand command, Message message, Work heard, UUID account) {
        work.put(key(message), heard);
        Message failed = closed(message);
        String state = MessageView.state(failed);
        events.add(MessageView.event(failed, Event.Kind.UPDATE, List.of("deliveryStatus", "errorMessages"), state));
        stored.add(new Stored(failed, account, command.lane(), null, null));
        remember(command, "closed", message.id(), state);
        return new Submitted.Accepted(failed, null);
    }

    private static Message closed(Message message) {
        Delivery failed = StatusRules.failed(message.delivery(), message.createdAt(), MessageError.WINDOW_CLOSED);
        return message.with(Objects.requireNonNull(failed), Phase.DONE, message.createdAt());
    }

    private Work work(Message message, long lastSeq) {
        Work before = work.get(key(message));
        return before != null
                ? before
                : new Work(message.organizationId(), message.threadId(), lastSeq, message.createdAt(), null, 0, null);
    }

    private static ThreadKey key(Message message) {
        return new ThreadKey(message.organizationId(), message.threadId());
    }

    private void remember(SubmitCommand command, String outcome, @Nullable UUID message, @Nullable String state) {
        Idempotency key = command.idempotency();
        if (key != null) {
            answers.add(new Answer(command.organization(), key, outcome, message, state));
        }
    }

    /** Whether a thread went away between being found and being locked: then the group is to be run again. */
    boolean gone() {
        return gone;
    }

    /** One for each message, in order. */
    List<Submitted> outcomes() {
        return outcomes;
    }

    List<Stored> stored() {
        return stored;
    }

    List<Event> events() {
        return events;
    }

    List<Answer> answers() {
        return answers;
    }

    Collection<Work> work() {
        return work.values();
    }
}
