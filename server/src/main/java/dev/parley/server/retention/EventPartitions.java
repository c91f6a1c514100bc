package dev.parley.server.retention;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the event log's partitions (docs/adr/0006): makes them ahead of need, moves the sequence on to the next one each day,
 * and drops those whose events are all old enough. Any number of nodes may run it; one works, the others do nothing.
 *
 * <p>No step reads events: when each partition began is kept in {@code event_cuts}. No step blocks writers or waits long for
 * readers; what is in the way is left to the next cycle.
 */
public final class EventPartitions {

    /** How many partitions exist beyond the one that is written to. */
    static final int AHEAD = 2;

    private static final Logger LOG = LoggerFactory.getLogger(EventPartitions.class);
    private static final Duration PERIOD = Duration.ofHours(24);
    /** Longer than any transaction that drew its position before a cut and commits after it. */
    private static final Duration STRAGGLERS = Duration.ofMinutes(10);

    private static final int MOST_DROPS = 8;

    private final Database database;
    private final Duration keep;

    public EventPartitions(Database database, RetentionSettings settings) {
        this.database = database;
        this.keep = settings.events().plus(STRAGGLERS);
    }

    /**
     * Runs once.
     *
     * @return how many partitions were made, begun and dropped
     */
    public int runOneCycle() {
        int made = database.transact(EventPartitions::make);
        int begun = database.transact(EventPartitions::cut);
        int dropped = database.call(this::drop);
        return made + begun + dropped;
    }

    private static int make(Connection connection) throws SQLException {
        if (!PartitionStore.lock(connection)) {
            return 0;
        }
        long current = PartitionStore.current(connection).number();
        int made = 0;
        for (long number = current; number <= current + AHEAD; number++) {
            if (!PartitionStore.isAttached(connection, number)) {
                PartitionStore.create(connection, number);
                made++;
            }
        }
        return made;
    }

    private static int cut(Connection connection) throws SQLException {
        if (!PartitionStore.lock(connection)) {
            return 0;
        }
        PartitionStore.Current current = PartitionStore.current(connection);
        // Missing after a cut whose commit failed: setting a sequence is not undone.
        PartitionStore.recordBegin(connection, current.number());
        if (current.isUnused() || !PartitionStore.begunBefore(connection, current.number(), PERIOD)) {
            return 0;
        }
        long next = current.number() + 1;
        if (!PartitionStore.isAttached(connection, next)) {
            LOG.warn("The event log goes on in partition {}: the next one does not exist yet", current.number());
            return 0;
        }
        PartitionStore.moveOn(connection, next);
        PartitionStore.recordBegin(connection, next);
        return 1;
    }

    private int drop(Connection connection) throws SQLException {
        if (!PartitionDropStore.lock(connection)) {
            return 0;
        }
        try {
            return dropExpired(connection);
        } finally {
            PartitionDropStore.unlock(connection);
        }
    }

    private int dropExpired(Connection connection) throws SQLException {
        long oldestKept = PartitionStore.oldestKept(connection, keep);
        int dropped = 0;
        for (PartitionDropStore.Expired expired : PartitionDropStore.expired(connection, oldestKept, MOST_DROPS)) {
            if (!PartitionDropStore.remove(connection, expired)) {
                LOG.info("Partition {} of the event log is in use and will be dropped later", expired.number());
                return dropped;
            }
            dropped++;
        }
        PartitionDropStore.forget(connection, oldestKept);
        return dropped;
    }
}
