package dev.parley.server.platform.clock;

import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time for this node: its machine's, or the database's where the two differ by more than two seconds. Nodes of one
 * database then agree with it and with each other: a message scheduled by one is not early by another. Safe for use by many
 * threads at once.
 */
public final class NodeClock implements InstantSource {

    /** Less is nobody's trouble, and machines that keep their time are closer. */
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(NodeClock.class);

    private final InstantSource machine;
    private volatile Duration correction = Duration.ZERO;

    /** @param machine what the machine says; believed until the first {@link #compare} */
    public NodeClock(InstantSource machine) {
        this.machine = machine;
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(correction);
    }

    /** By how much the time is corrected; zero as a rule. */
    public Duration correction() {
        return correction;
    }

    /** Asks the database for its time. Once before the time is used for anything, and now and then. */
    public void compare(Database database) {
        Instant asked = machine.instant();
        Instant time = database.call(ClockStore::machineTime);
        correct(asked, time, machine.instant());
    }

    private void correct(Instant asked, Instant time, Instant answered) {
        boolean fits = time.isAfter(asked.minus(TOLERATED)) && time.isBefore(answered.plus(TOLERATED));
        Duration next = fits ? Duration.ZERO : Duration.between(asked, time);
        if (next.minus(correction).abs().compareTo(TOLERATED) > 0) {
            LOG.warn(
                    "this machine's clock differs from the database's by {} s; {}",
                    next.toSeconds(),
                    fits ? "it is right again" : "the database's is used. Keep both with NTP");
        }
        correction = next;
    }
}
