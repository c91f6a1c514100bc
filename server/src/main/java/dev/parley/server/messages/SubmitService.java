package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.messages.SubmitFound.Kept;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.GroupWriter;
import dev.parley.server.platform.db.Places;
import dev.parley.server.platform.db.Written;
import dev.parley.server.platform.quota.Quota;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts messages, durably: when {@link #submit} gives an accepted one, message and duty to send it are committed. Safe for
 * use by many threads at once.
 */
public final class SubmitService implements AutoCloseable {

    private static final int ROW_OVERHEAD = 1024;

    private final GroupWriter<SubmitCommand, Submitted> writer;
    private final SubmitStatement statement;
    private final Database database;
    private final Duration keysKept;
    private final DutyListener listener;
    private final SubmitMeter meter;
    private final Quota queue;
    /** Idempotency keys whose first request is under way on this node; another node's is met in the statement. */
    private final Set<Object> inFlight = ConcurrentHashMap.newKeySet();

    /**
     * @param rules of every channel that is served
     * @param keysKept how long an idempotency key is remembered
     * @param listener is told of each account that has work
     * @param claims claims what can go out at once
     * @param meter counts the outcomes
     * @param queue of messages that are accepted and not handed over
     */
    public SubmitService(
            Database database,
            GroupLimits limits,
            List<ChannelRule> rules,
            Duration keysKept,
            DutyListener listener,
            AcceptClaims claims,
            SubmitMeter meter,
            Quota queue) {
        this.queue = queue;
        this.database = database;
        this.keysKept = keysKept;
        this.listener = listener;
        this.meter = meter;
        this.statement = new SubmitStatement(rules, keysKept, claims);
        this.writer = new GroupWriter<>("submit-writer", database, limits, SubmitService::exclusiveKeys, statement);
    }

    /** Accepts one message, or says why not. Blocks until its group is committed. */
    public Written<Submitted> submit(SubmitCommand command) {
        return alone(command.organization(), command.idempotency(), Written.Done::new, () -> write(command));
    }

    /**
     * Does work that comes before a message can be submitted, which the work then does itself with {@link #write}. What was
     * answered to the same key before, or is being so, is answered without it.
     *
     * @param answer says what an outcome is to the one who asks
     */
    <A> A prepared(
            UUID organization, @Nullable Idempotency idempotency, Function<Submitted, A> answer, Supplier<A> work) {
        return alone(organization, idempotency, answer, () -> {
            long start = System.nanoTime();
            Submitted again = idempotency == null ? null : known(organization, idempotency);
            if (again == null) {
                return work.get();
            }
            meter.submitted(organization, SubmitOutcome.word(new Written.Done<>(again)), System.nanoTime() - start);
            return answer.apply(again);
        });
    }

    private <A> A alone(
            UUID organization, @Nullable Idempotency idempotency, Function<Submitted, A> answer, Supplier<A> work) {
        if (idempotency == null) {
            return work.get();
        }
        Object key = List.of(organization, ByteBuffer.wrap(idempotency.key()));
        if (!inFlight.add(key)) {
            return answer.apply(new Submitted.KeyInUse());
        }
        try {
            return work.get();
        } finally {
            inFlight.remove(key);
        }
    }

    /** What was answered to the same key before; null when it is new. */
    @Nullable
    Submitted known(UUID organization, Idempotency idempotency) {
        return known(organization, List.of(idempotency)).getFirst();
    }

    /** What was answered to the same keys before, in their order; null for one that is new. */
    List<@Nullable Submitted> known(UUID organization, List<Idempotency> asked) {
        List<@Nullable Kept> kept =
                database.call(connection -> IdempotencyKeyStore.find(connection, organization, asked, keysKept));
        List<@Nullable Submitted> known = new ArrayList<>();
        for (Kept one : kept) {
            known.add(one == null ? null : one.again());
        }
        return known;
    }

    /**
     * Accepts messages of one organization in their order, each for itself. Blocks until all are committed or refused. Their keys
     * must be held by the caller.
     */
    List<Written<Submitted>> submitAll(UUID organization, List<SubmitCommand> commands) {
        long start = System.nanoTime();
        List<Written<Submitted>> all = writtenWithinQuota(organization, commands);
        Set<UUID> woken = new HashSet<>();
        for (Written<Submitted> written : all) {
            meter.submitted(organization, SubmitOutcome.word(written), System.nanoTime() - start);
            if (written instanceof Written.Done<Submitted>(Submitted.Accepted accepted) && accepted.woken() != null) {
                woken.add(accepted.woken());
            }
        }
        woken.forEach(account -> listener.hasWork(organization, account));
        return all;
    }

    /** The first ones take what is left of the quota; a repeated one is told what it was told before. */
    private List<Written<Submitted>> writtenWithinQuota(UUID organization, List<SubmitCommand> commands) {
        List<GroupWriter.Row<SubmitCommand>> rows = new ArrayList<>();
        List<Boolean> granted = new ArrayList<>();
        for (SubmitCommand command : commands) {
            granted.add(queue.take(organization, 1));
            if (granted.getLast()) {
                rows.add(new GroupWriter.Row<>(bytes(command), command));
            }
        }
        List<Written<Submitted>> written = List.of();
        try {
            written = rows.isEmpty() ? written : writer.writeAll(organization, rows);
        } finally {
            queue.settle(
                    organization,
                    rows.size(),
                    written.stream().filter(SubmitOutcome::counts).count());
        }
        Iterator<Written<Submitted>> next = written.iterator();
        List<Written<Submitted>> all = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            all.add(granted.get(i) ? next.next() : new Written.Done<>(beyondQuota(commands.get(i))));
        }
        return all;
    }

    private Submitted beyondQuota(SubmitCommand command) {
        Idempotency key = command.idempotency();
        Submitted again = key == null ? null : known(command.organization(), key);
        return again == null ? new Submitted.QuotaReached(queue.limit()) : again;
    }

    /**
     * Holds places among the messages that wait for their group, for those that are to be accepted by {@link #within}.
     *
     * @param messages how many, at least one
     */
    Places hold(UUID organization, int messages) {
        long start = System.nanoTime();
        Places places = writer.hold(organization, messages);
        switch (places) {
            case Places.Held held -> {}
            case Places.OrganizationFull full -> shed(organization, messages, new Written.OrganizationFull<>(), start);
            case Places.Full full -> shed(organization, messages, new Written.Overloaded<>(), start);
        }
        return places;
    }

    private void shed(UUID organization, int messages, Written<Submitted> why, long start) {
        for (int i = 0; i < messages; i++) {
            told(organization, why, start);
        }
    }

    /**
     * Accepts messages of one organization in a transaction of somebody else's, as its last work: it holds their threads' places
     * from here to its end, which the group writer waits for.
     *
     * @param commands at least one, without keys
     */
    List<Submitted> within(Connection connection, List<SubmitCommand> commands) throws SQLException {
        long start = System.nanoTime();
        UUID organization = commands.getFirst().organization();
        if (!queue.take(organization, commands.size())) {
            return commands.stream().<Submitted>map(this::beyondQuota).toList();
        }
        try {
            List<Submitted> outcomes = joined(connection, commands);
            database.afterwards(
                    () -> outcomes.forEach(outcome -> told(organization, new Written.Done<>(outcome), start)));
            return outcomes;
        } finally {
            // Whether that commits is not known here; the next reading tells.
            queue.settle(organization, commands.size(), commands.size());
        }
    }

    private List<Submitted> joined(Connection connection, List<SubmitCommand> commands) throws SQLException {
        List<Submitted> outcomes = new ArrayList<>();
        List<SubmitCommand> group = new ArrayList<>();
        Set<UUID> chosen = new HashSet<>();
        for (SubmitCommand command : commands) {
            if (command.chosenId() && !chosen.add(command.message().id())) {
                // Its id is found taken by the one before.
                outcomes.addAll(statement.within(connection, group));
                group.clear();
            }
            group.add(command);
        }
        outcomes.addAll(statement.within(connection, group));
        return outcomes;
    }

    private void told(UUID organization, Written<Submitted> written, long start) {
        meter.submitted(organization, SubmitOutcome.word(written), System.nanoTime() - start);
        if (written instanceof Written.Done<Submitted>(Submitted.Accepted accepted) && accepted.woken() != null) {
            listener.hasWork(organization, accepted.woken());
        }
    }

    private static int bytes(SubmitCommand command) {
        String payload = command.message().payload();
        return ROW_OVERHEAD + (payload == null ? 0 : payload.length());
    }

    /** As {@link #submit}, for one whose key is held already. */
    Written<Submitted> write(SubmitCommand command) {
        long start = System.nanoTime();
        UUID organization = command.organization();
        Written<Submitted> written =
                queue.take(organization, 1) ? granted(command) : new Written.Done<>(beyondQuota(command));
        told(organization, written, start);
        return written;
    }

    private Written<Submitted> granted(SubmitCommand command) {
        long added = 0;
        try {
            Written<Submitted> written = writer.write(command.organization(), bytes(command), command);
            added = SubmitOutcome.counts(written) ? 1 : 0;
            return written;
        } finally {
            queue.settle(command.organization(), 1, added);
        }
    }

    /** How many messages wait for their group. */
    public int queued() {
        return writer.queued();
    }

    /** An id that the caller chose stands once in a group; a second one then finds it taken. */
    private static List<Object> exclusiveKeys(SubmitCommand command) {
        return command.chosenId()
                ? List.of(List.of(command.organization(), command.message().id()))
                : List.of();
    }

    @Override
    public void close() {
        writer.close();
    }
}
