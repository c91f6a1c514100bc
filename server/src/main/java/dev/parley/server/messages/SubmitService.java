package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.GroupWriter;
import dev.parley.server.platform.db.Written;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts messages, durably: when {@link #submit} gives an accepted one, message and duty to send it are committed. Safe for
 * use by many threads at once.
 */
public final class SubmitService implements AutoCloseable {

    private static final int ROW_OVERHEAD = 1024;

    private final GroupWriter<SubmitCommand, Submitted> writer;
    private final DutyListener listener;
    private final SubmitMeter meter;
    /** Idempotency keys whose first request is under way on this node; another node's is met in the statement. */
    private final Set<Object> inFlight = ConcurrentHashMap.newKeySet();

    /**
     * @param rules of every channel that is served
     * @param keysKept how long an idempotency key is remembered
     * @param listener is told of each account that has work
     * @param meter counts the outcomes
     */
    public SubmitService(
            Database database,
            GroupLimits limits,
            List<ChannelRule> rules,
            Duration keysKept,
            DutyListener listener,
            SubmitMeter meter) {
        this.listener = listener;
        this.meter = meter;
        this.writer = new GroupWriter<>(
                "submit-writer", database, limits, SubmitService::exclusiveKeys, new SubmitStatement(rules, keysKept));
    }

    /** Accepts one message, or says why not. Blocks until its group is committed. */
    public Written<Submitted> submit(SubmitCommand command) {
        Idempotency idempotency = command.idempotency();
        if (idempotency == null) {
            return write(command);
        }
        Object key = List.of(command.organization(), ByteBuffer.wrap(idempotency.key()));
        if (!inFlight.add(key)) {
            return new Written.Done<>(new Submitted.KeyInUse());
        }
        try {
            return write(command);
        } finally {
            inFlight.remove(key);
        }
    }

    private Written<Submitted> write(SubmitCommand command) {
        String payload = command.message().payload();
        int bytes = ROW_OVERHEAD + (payload == null ? 0 : payload.length());
        long start = System.nanoTime();
        Written<Submitted> written = writer.write(command.organization(), bytes, command);
        meter.submitted(command.organization(), SubmitOutcome.word(written), System.nanoTime() - start);
        if (written instanceof Written.Done<Submitted>(Submitted.Accepted accepted) && accepted.woken() != null) {
            listener.hasWork(command.organization(), accepted.woken());
        }
        return written;
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
