package dev.parley.server.platform.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests that take too long. One thread looks over the open ones ten times a second, which costs each request
 * less than a timer of its own.
 */
final class Deadlines implements AutoCloseable {

    private static final long PAUSE_NANOS = 100_000_000L;

    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    private final LongConsumer others;
    private final Thread watcher;
    private volatile boolean closed;

    /** @param others is told the time in each cycle, and ends what else is late */
    Deadlines(LongConsumer others) {
        this.others = others;
        watcher = Thread.ofPlatform().name("http-deadlines").daemon().unstarted(this::watch);
    }

    void start() {
        watcher.start();
    }

    /** Registers the current thread's work, to be ended by {@code late} once at {@code atNanos}. */
    Open open(long atNanos, Runnable late) {
        Open entry = new Open(Thread.currentThread(), atNanos, late);
        open.add(entry);
        return entry;
    }

    /** Ends what is late at a moment of {@link System#nanoTime()}. */
    void runOneCycle(long now) {
        for (Open entry : open) {
            if (now - entry.atNanos >= 0) {
                entry.end();
            }
        }
        others.accept(now);
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            runOneCycle(System.nanoTime());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }

    /** Work under way. */
    final class Open implements AutoCloseable {
        private volatile long atNanos;
        private final Runnable late;
        private @Nullable Thread worker;

        private Open(Thread worker, long atNanos, Runnable late) {
            this.worker = worker;
            this.atNanos = atNanos;
            this.late = late;
        }

        /** Gives the rest of the work its own time. */
        void until(long newNanos) {
            atNanos = newNanos;
        }

        private void end() {
            if (!open.remove(this)) {
                return;
            }
            late.run();
            synchronized (this) {
                if (worker != null) {
                    worker.interrupt();
                }
            }
        }

        /** The thread goes on to other work: from here on it isn't interrupted. */
        @Override
        public void close() {
            open.remove(this);
            boolean mine;
            synchronized (this) {
                mine = worker == Thread.currentThread();
                worker = null;
            }
            if (mine) {
                Thread.interrupted();
            }
        }
    }
}
