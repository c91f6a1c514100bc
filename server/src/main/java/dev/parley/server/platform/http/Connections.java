package dev.parley.server.platform.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, and until when each may go on as it does: one whose next request comes byte by byte, or whose answer is
 * taken so, is never silent for long enough to be closed for its silence. Safe for use by many threads at once.
 */
final class Connections implements Connection.Listener {

    /** So long may a caller go on sending after the last word: a reset would take it from those that have not read it yet. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Map<Connection, Watched> open = new ConcurrentHashMap<>();
    private final AtomicLong cut = new AtomicLong();
    private final Duration quiet;
    private final Duration patience;
    private final long slowest;
    private final Supplier<byte[]> tooSlow;

    /**
     * @param quiet the most time from the end of a request to the head of the next one
     * @param patience for an answer to be taken
     * @param slowest bytes a second that give an answer more of it
     * @param tooSlow what is written to a connection whose next request does not come to an end
     */
    Connections(Duration quiet, Duration patience, long slowest, Supplier<byte[]> tooSlow) {
        this.quiet = quiet;
        this.patience = patience;
        this.slowest = slowest;
        this.tooSlow = tooSlow;
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Watched(connection.getEndPoint(), between()));
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    /** How many were cut as they were too slow. */
    long cut() {
        return cut.get();
    }

    /** A request has come; null when its connection is being closed. */
    @Nullable
    Turn begin(Request request) {
        Watched watched = open.get(request.getConnectionMetaData().getConnection());
        if (watched == null) {
            return new Turn(false);
        }
        Turn turn = watched.begin();
        if (turn != null) {
            Request.addCompletionListener(request, failure -> watched.turn.compareAndSet(turn, between()));
        }
        return turn;
    }

    /** Cuts what is late at a moment of {@link System#nanoTime()}. */
    void runOneCycle(long now) {
        for (Watched watched : open.values()) {
            Turn turn = watched.turn.get();
            if (turn == null) {
                watched.closeAfter(now);
            } else if (turn.isLate(now) && watched.turn.compareAndSet(turn, null)) {
                cut.incrementAndGet();
                watched.end(turn.between, now);
            }
        }
    }

    private Turn between() {
        Turn turn = new Turn(true);
        turn.until(System.nanoTime() + quiet.toNanos());
        return turn;
    }

    /** One connection. Its turn is null once it is being cut. */
    private final class Watched {
        private final EndPoint endPoint;
        private final AtomicReference<@Nullable Turn> turn;
        /** Belongs to the thread that runs cycles. */
        private long closeAt;

        private Watched(EndPoint endPoint, Turn first) {
            this.endPoint = endPoint;
            this.turn = new AtomicReference<>(first);
        }

        private @Nullable Turn begin() {
            Turn next = new Turn(false);
            Turn before = turn.get();
            while (before != null && !turn.compareAndSet(before, next)) {
                before = turn.get();
            }
            return before == null ? null : next;
        }

        private void end(boolean withWord, long now) {
            closeAt = now + (withWord ? LINGER.toNanos() : 0);
            if (withWord) {
                endPoint.write(Callback.from(endPoint::shutdownOutput), ByteBuffer.wrap(tooSlow.get()));
            } else {
                endPoint.close();
            }
        }

        private void closeAfter(long now) {
            if (now - closeAt >= 0) {
                endPoint.close();
            }
        }
    }

    /** What a connection does now: one request, or the time before the next. */
    final class Turn {
        private final boolean between;
        private volatile boolean limited;
        private volatile long until;

        private Turn(boolean between) {
            this.between = between;
        }

        /** An answer of that size is being written, and is to be taken. */
        void answering(long bytes) {
            until(System.nanoTime() + patience.toNanos() + bytes * 1_000_000_000L / slowest);
        }

        /** The caller may go on sending for so long. */
        void more(Duration time) {
            until(System.nanoTime() + patience.toNanos() + time.toNanos());
        }

        private void until(long nanos) {
            until = nanos;
            limited = true;
        }

        private boolean isLate(long now) {
            return limited && now - until >= 0;
        }
    }
}
