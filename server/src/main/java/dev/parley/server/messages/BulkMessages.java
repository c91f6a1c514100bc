package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.payloads.Payload;
import dev.parley.server.payloads.Preparation;
import dev.parley.server.payloads.Preparation.Prepared;
import dev.parley.server.platform.db.Written;
import dev.parley.server.platform.hash.Sha256;
import dev.parley.server.platform.jsonapi.Many;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts many messages of one request, each for itself, in their order. They go through the group writer like others, some at a
 * time, so that a message that somebody waits for is at most one part behind. Each has a key of its own, made of the request's and
 * its place: when the request was cut off, the one that repeats it accepts what is missing and nothing twice. Thread-safe.
 */
final class BulkMessages {

    /** So many wait for their group at a time: half a group. */
    private static final int PART = 128;

    /** So many files are fetched at a time. */
    private static final int PREPARING = 16;

    /** After this no further part is begun: the request's deadline is near, and what it did could not be told. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SubmitService submits;
    private final MessageDrafts drafts;
    private final LongSupplier nanoTime;

    BulkMessages(SubmitService submits, MessageDrafts drafts, LongSupplier nanoTime) {
        this.submits = submits;
        this.drafts = drafts;
        this.nanoTime = nanoTime;
    }

    /** @param key made of the request's and the place; null without one */
    private record Place(Many.Item item, @Nullable Idempotency key) {}

    /** One message that is in order: its command, or its answer when that is known before it is submitted. */
    private record Draft(
            Many.Item item,
            @Nullable SubmitCommand command,
            @Nullable WriteResult answer) {}

    /** What came of each item, in order. */
    List<WriteResult> accept(RequestContext context, List<Many.Item> items) throws InterruptedException {
        long end = nanoTime.getAsLong() + PATIENCE.toNanos();
        List<Place> places = places(context, items);
        List<WriteResult> results = new ArrayList<>(items.size());
        for (int from = 0; from < places.size(); from += PART) {
            List<Place> part = places.subList(from, Math.min(places.size(), from + PART));
            results.addAll(
                    nanoTime.getAsLong() - end > 0
                            ? part.stream().map(place -> notBegun(place.item())).toList()
                            : acceptPart(context.caller().organization(), part));
        }
        return results;
    }

    /** The keys of messages cannot be ones that a caller chose, as those are hashes of other texts. */
    private static List<Place> places(RequestContext context, List<Many.Item> items) {
        if (context.idempotencyKey() == null) {
            return items.stream().map(item -> new Place(item, null)).toList();
        }
        byte[] request = context.keyHash();
        byte[] fingerprint = context.bodySha256();
        List<Place> places = new ArrayList<>(items.size());
        for (Many.Item item : items) {
            byte[] place =
                    ByteBuffer.allocate(Integer.BYTES).putInt(places.size()).array();
            places.add(new Place(item, new Idempotency(Sha256.of(request, place), fingerprint)));
        }
        return places;
    }

    private static WriteResult notBegun(Many.Item item) {
        return item.problems().isEmpty()
                ? new WriteResult.Busy(
                        ProblemCode.OVERLOADED,
                        "The request took too long, so this message was not stored. Send it again, with fewer beside it.",
                        Duration.ofSeconds(1),
                        null)
                : new WriteResult.Refused(item.problems());
    }

    private List<WriteResult> acceptPart(UUID organization, List<Place> part) throws InterruptedException {
        List<Draft> drafted = prepared(organization, part);
        List<SubmitCommand> commands =
                drafted.stream().map(Draft::command).filter(Objects::nonNull).toList();
        List<Written<Submitted>> written = submits.submitAll(organization, commands);
        List<WriteResult> results = new ArrayList<>(part.size());
        int next = 0;
        for (Draft draft : drafted) {
            SubmitCommand command = draft.command();
            results.add(
                    command == null
                            ? Objects.requireNonNull(draft.answer())
                            : SubmitAnswers.of(written.get(next++), draft.item().write(), command));
        }
        return results;
    }

    /** Does what has to be done before: several at a time, as one may have to wait for a file. */
    private List<Draft> prepared(UUID organization, List<Place> part) throws InterruptedException {
        List<@Nullable Submitted> known = known(organization, part);
        List<Callable<Draft>> work = new ArrayList<>(part.size());
        boolean waits = false;
        for (int i = 0; i < part.size(); i++) {
            Place place = part.get(i);
            Submitted before = known.get(i);
            waits |= before == null
                    && place.item().problems().isEmpty()
                    && payload(place.item()).preparation() != null;
            work.add(() -> draft(organization, place, before));
        }
        List<Draft> drafted = new ArrayList<>(part.size());
        try {
            if (!waits) {
                for (Callable<Draft> one : work) {
                    drafted.add(one.call());
                }
                return drafted;
            }
            try (ExecutorService executor =
                    Executors.newFixedThreadPool(PREPARING, Thread.ofVirtual().factory())) {
                for (Future<Draft> one : executor.invokeAll(work)) {
                    drafted.add(one.get());
                }
            }
            return drafted;
        } catch (InterruptedException e) {
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a message could not be prepared", e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException("a message could not be drafted", e);
        }
    }

    /** What came of the same messages when the request came before, so that these take no places in the queue; null for what is new. */
    private List<@Nullable Submitted> known(UUID organization, List<Place> part) {
        List<Idempotency> keys = new ArrayList<>(part.size());
        for (Place place : part) {
            Idempotency key = place.key();
            if (key == null) {
                return Collections.nCopies(part.size(), null);
            }
            keys.add(key);
        }
        return submits.known(organization, keys);
    }

    private Draft draft(UUID organization, Place place, @Nullable Submitted before) {
        Many.Item item = place.item();
        if (!item.problems().isEmpty()) {
            return new Draft(item, null, new WriteResult.Refused(item.problems()));
        }
        Idempotency key = place.key();
        Payload payload = payload(item);
        SubmitCommand command = drafts.command(organization, drafts.id(item.write()), item.write(), payload, true, key);
        if (before != null) {
            return new Draft(item, null, SubmitAnswers.of(new Written.Done<>(before), item.write(), command));
        }
        Preparation preparation = payload.preparation();
        if (preparation == null) {
            return new Draft(item, command, null);
        }
        return switch (preparation.prepare(organization, command.message().threadId())) {
            case Prepared.Not(WriteResult answer) -> new Draft(item, null, answer);
            case Prepared.Ready(Payload ready) -> {
                UUID id = command.message().id();
                yield new Draft(item, drafts.command(organization, id, item.write(), ready, true, key), null);
            }
        };
    }

    private static Payload payload(Many.Item item) {
        return item.write().require(MessageType.PAYLOAD, Payload.class);
    }
}
