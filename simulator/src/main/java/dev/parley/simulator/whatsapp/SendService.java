package dev.parley.simulator.whatsapp;

import dev.parley.simulator.faults.Effect;
import dev.parley.simulator.faults.Faults;
import dev.parley.simulator.faults.Plan;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.ledger.Ledger;
import dev.parley.simulator.ledger.LedgerEntry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Carries out a valid send: limits and window, faults, ledger, callbacks, answer. Thread-safe; takes no lock. */
public final class SendService {

    private static final int THROUGHPUT = 130429;
    private static final int PAIR = 131056;
    private static final int WINDOW = 131047;

    private final Ledger ledger;
    private final Faults faults;
    private final Pauses pauses;
    private final SendCounters counters;
    private final InstantSource clock;
    private final Wamids ids;
    private final StatusSchedule schedule;
    private final MediaShelf media;
    private final ReactionTargets reactions;

    /**
     * @param media what was uploaded
     * @param clock stamps everything, and decides about rates and windows
     */
    public SendService(
            Ledger ledger, Faults faults, Pauses pauses, SendCounters counters, MediaShelf media, InstantSource clock) {
        this.media = media;
        this.ledger = ledger;
        this.faults = faults;
        this.pauses = pauses;
        this.counters = counters;
        this.clock = clock;
        this.ids = new Wamids(Micros.now(clock));
        this.schedule = new StatusSchedule(clock);
        this.reactions = new ReactionTargets(ledger, clock);
    }

    Wamids ids() {
        return ids;
    }

    Reply send(BusinessNumber number, SendRequest.Send send) throws InterruptedException {
        long nowMicros = Micros.now(clock);
        Integer limit = limit(number, send, nowMicros);
        if (limit != null) {
            counters.refuse();
            return GraphError.of(limit).reply(ids.trace());
        }
        GraphError unknown = unknownMedia(send);
        if (unknown != null) {
            counters.refuse();
            return unknown.reply(ids.trace());
        }
        Plan plan = faults.plan(number.settings().phoneNumberId(), send.to().key());
        Reply refusal = refusal(plan);
        if (refusal != null) {
            counters.refuse();
            slowDown(plan);
            return refusal;
        }
        LedgerEntry entry = accept(number, send, plan, nowMicros);
        Integer late = late(number, send, nowMicros);
        late = late == null ? reactions.fault(number, send.content()) : late;
        callBack(number, entry, plan, late, media.fault(send.content()));
        slowDown(plan);
        return answer(entry, plan);
    }

    /** Marks a message as read. Everything before it is read as well; what is older than 30 days cannot be marked. */
    Reply markRead(BusinessNumber number, SendRequest.MarkRead read) {
        Long at = number.receivedAt(read.messageId());
        long oldest = clock.instant().getEpochSecond() - ReactionTargets.MAX_AGE_SECONDS;
        if (at == null || at < oldest) {
            counters.refuse();
            return GraphError.of(131009, null, "The message id is not known, or too old.")
                    .reply(ids.trace());
        }
        ledger.append(
                Micros.now(clock),
                LedgerEntry.Accepted.read(read.messageId(), number.settings().phoneNumberId()));
        return Reply.json(200, Json.object().put("success", true));
    }

    private @Nullable Integer limit(BusinessNumber number, SendRequest.Send send, long nowMicros) {
        if (!number.takeThroughput(nowMicros)) {
            return THROUGHPUT;
        }
        if (!number.takePair(send.to().key(), nowMicros)) {
            return PAIR;
        }
        boolean refused = number.settings().window() == WindowRule.SYNC && outsideWindow(number, send, nowMicros);
        return refused ? WINDOW : null;
    }

    private static @Nullable Integer late(BusinessNumber number, SendRequest.Send send, long nowMicros) {
        boolean fails = number.settings().window() == WindowRule.ASYNC && outsideWindow(number, send, nowMicros);
        return fails ? WINDOW : null;
    }

    private static boolean outsideWindow(BusinessNumber number, SendRequest.Send send, long nowMicros) {
        return switch (send.content()) {
            case SendRequest.Content.Template _ -> false;
            case SendRequest.Content.Text _,
                    SendRequest.Content.Media _,
                    SendRequest.Content.Rich _,
                    SendRequest.Content.Reaction _ ->
                !number.windowOpen(send.to().key(), nowMicros);
        };
    }

    private @Nullable Reply refusal(Plan plan) {
        if (plan.has(Effect.CutBefore.class)) {
            return new Reply.Cut();
        }
        Effect.Http http = plan.find(Effect.Http.class);
        if (http != null) {
            return SendAnswer.gateway(http.status());
        }
        Effect.Refuse error = plan.find(Effect.Refuse.class);
        return error == null
                ? null
                : GraphError.of(error.code(), error.status(), error.details()).reply(ids.trace());
    }

    private LedgerEntry accept(BusinessNumber number, SendRequest.Send send, Plan plan, long nowMicros) {
        SendRequest.Recipient to = send.to();
        String waId = to.userId() ? null : waId(number, to.key(), plan);
        String id = ids.outgoing(waId == null ? to.key() : waId);
        counters.accept();
        return ledger.append(nowMicros, accepted(number, send, waId, id));
    }

    private @Nullable GraphError unknownMedia(SendRequest.Send send) {
        return send.content() instanceof SendRequest.Content.Media sent
                        && sent.id() != null
                        && media.find(sent.id()) == null
                ? GraphError.of(131009, null, "Media with id " + sent.id() + " is not available or has expired.")
                : null;
    }

    private LedgerEntry.Accepted accepted(
            BusinessNumber number, SendRequest.Send send, @Nullable String waId, String id) {
        boolean template = send.content() instanceof SendRequest.Content.Template;
        return new LedgerEntry.Accepted(
                id,
                number.settings().phoneNumberId(),
                send.to().input(),
                send.to().key(),
                waId,
                send.opaque(),
                SentContent.type(send.content()),
                SentContent.text(send.content()),
                template ? ((SendRequest.Content.Template) send.content()).name() : null,
                template ? ((SendRequest.Content.Template) send.content()).language() : null,
                send.content() instanceof SendRequest.Content.Media file ? media.describe(file) : null,
                SentContent.object(send.content()),
                send.replyTo());
    }

    private static String waId(BusinessNumber number, String digits, Plan plan) {
        Effect.OtherWaId other = plan.find(Effect.OtherWaId.class);
        if (other == null) {
            return digits;
        }
        String waId = other.value() == null ? OtherNumber.of(digits) : other.value();
        number.knowAs(digits, waId);
        return waId;
    }

    private void callBack(
            BusinessNumber number, LedgerEntry entry, Plan plan, @Nullable Integer refusal, @Nullable String badFile)
            throws InterruptedException {
        NumberSettings settings = number.settings();
        if (settings.lane().target() == null) {
            return;
        }
        List<StatusSchedule.Step> steps = badFile == null
                ? schedule.of(entry, settings, plan, refusal)
                : schedule.refused(entry, settings, plan, badFile);
        boolean first = plan.has(Effect.CallbackBeforeAnswer.class) && !steps.isEmpty();
        if (first) {
            await(number.lane().postNow(steps.getFirst().update()));
        }
        steps.stream().skip(first ? 1 : 0).forEach(step -> number.lane().offer(step.update(), step.delay()));
    }

    private static void await(CompletableFuture<Integer> posted) throws InterruptedException {
        try {
            posted.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a callback could not be posted", e.getCause());
        }
    }

    private void slowDown(Plan plan) throws InterruptedException {
        Effect.Slow slow = plan.find(Effect.Slow.class);
        if (slow != null) {
            pauses.pause(slow.millis());
        }
    }

    private Reply answer(LedgerEntry entry, Plan plan) throws InterruptedException {
        Effect.AcceptThenTimeout timeout = plan.find(Effect.AcceptThenTimeout.class);
        if (timeout != null) {
            pauses.pause(timeout.holdMillis());
            return new Reply.Cut();
        }
        if (plan.has(Effect.AcceptThenCut.class)) {
            return new Reply.Cut();
        }
        Effect.Hold hold = plan.find(Effect.Hold.class);
        String held = hold == null ? "accepted" : hold.messageStatus();
        return plan.has(Effect.Garbage.class) ? SendAnswer.garbage() : SendAnswer.accepted(entry.accepted(), held);
    }
}
