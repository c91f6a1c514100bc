package dev.parley.server.retention;

import java.time.Duration;
import java.time.LocalTime;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * Work that is repeated by the clock, on one node at a time. It must bear being run again, or by two nodes at once after an
 * outage: a node that can't reach the database for a minute loses its job to another.
 *
 * @param name identifies it for all nodes and releases: lower case and hyphens
 * @param timing when it is due
 * @param work one cycle; what it returns is ignored
 */
public record Job(String name, Timing timing, Callable<?> work) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,60}");

    /** When a job is due. */
    public sealed interface Timing {}

    /** Again this long after the end of the last time; the first time at once. */
    public record Every(Duration interval) implements Timing {
        /** At least a second: more often is not for this schedule. */
        public Every {
            if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("interval: must be one second or more");
            }
        }
    }

    /** Once a day at this time, UTC; the first time when it comes. */
    public record DailyAt(LocalTime time) implements Timing {}

    /** Checks the name. */
    public Job {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: must be lower-case letters, digits and hyphens: " + name);
        }
    }

    /** Repeats after an interval. */
    public static Job every(String name, Duration interval, Callable<?> work) {
        return new Job(name, new Every(interval), work);
    }

    /** Repeats each day at a time, UTC. */
    public static Job dailyAt(String name, LocalTime time, Callable<?> work) {
        return new Job(name, new DailyAt(time), work);
    }
}
