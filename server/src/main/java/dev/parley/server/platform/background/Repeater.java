package dev.parley.server.platform.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats one piece of background work in a virtual thread of its own: at once while a cycle found something, else when it is
 * signalled, and after an interval at the latest. With a pace, work gathers: no cycle begins sooner than that after the one
 * before began. A cycle that fails is logged and repeated after the interval.
 */
public final class Repeater implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Repeater.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One cycle; how much it did, zero when there was nothing to do. */
    @FunctionalInterface
    public interface Cycle {
        int run() throws Exception;
    }

    private final String name;
    private final Duration interval;
    private final Duration pace;
    private final Cycle cycle;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private Repeater(String name, Duration interval, Duration pace, Cycle cycle) {
        this.name = name;
        this.interval = interval;
        this.pace = pace;
        this.cycle = cycle;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Starts repeating. */
    public static Repeater start(String name, Duration interval, Cycle cycle) {
        return start(name, interval, Duration.ZERO, cycle);
    }

    /**
     * Starts repeating.
     *
     * @param interval after which it is repeated without being signalled
     * @param pace the least time between the beginnings of two cycles
     */
    public static Repeater start(String name, Duration interval, Duration pace, Cycle cycle) {
        Repeater repeater = new Repeater(name, interval, pace, cycle);
        repeater.thread.start();
        return repeater;
    }

    /** There is something to do: the next cycle starts as soon as the one under way ends. */
    public void signal() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void run() {
        while (!closed) {
            boolean more = false;
            long begun = System.nanoTime();
            try {
                signal.drainPermits();
                more = cycle.run() > 0;
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                LOG.warn("{} failed and will be repeated: {}", name, e.getMessage());
            } catch (Error e) {
                // One row's text may overflow a stack. Work that has ended for good would be noticed by nobody.
                LOG.error(
                        "{} failed and will be repeated: {}", name, e.getClass().getName());
            }
            if (!more && !rest()) {
                return;
            }
            if (!gather(begun + pace.toNanos())) {
                return;
            }
        }
    }

    private boolean gather(long until) {
        try {
            long left = until - System.nanoTime();
            if (left > 0 && !closed) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private boolean rest() {
        try {
            // A signal that came during the cycle is still there, and is not slept over.
            boolean signalled = signal.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS);
            return signalled || !closed;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Lets the cycle under way finish, and ends. */
    @Override
    public void close() {
        closed = true;
        signal();
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
