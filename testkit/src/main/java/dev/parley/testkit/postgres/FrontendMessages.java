package dev.parley.testkit.postgres;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** Follows what one client sends, however it is cut into pieces. For one thread. */
final class FrontendMessages {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final LongAdder roundTrips;
    private final LongAdder statements;

    /** Typed messages begin after the startup message, which has no type. */
    private boolean started;

    private final byte[] head = new byte[9];
    private int headRead;
    private long left;

    /** A simple query whose text has not been looked at yet. */
    private boolean simple;

    FrontendMessages(LongAdder roundTrips, LongAdder statements) {
        this.roundTrips = roundTrips;
        this.statements = statements;
    }

    void read(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            if (simple) {
                simple = false;
                // The driver sends BEGIN along with what follows, and waits for that.
                if (bytes[at] != 'B') {
                    roundTrips.increment();
                }
            }
            if (left > 0) {
                int skipped = (int) Math.min(left, length - at);
                left -= skipped;
                at += skipped;
            } else {
                head[headRead++] = bytes[at++];
                if (headRead == (started ? 5 : 8)) {
                    begin();
                }
            }
        }
    }

    private void begin() {
        headRead = 0;
        if (!started) {
            int code = number(4);
            started = code != SSL_REQUEST && code != GSS_REQUEST;
            left = number(0) - 8L;
            return;
        }
        left = number(1) - 4L;
        switch (head[0]) {
            case 'S' -> roundTrips.increment();
            case 'E' -> statements.increment();
            case 'Q' -> {
                simple = true;
                statements.increment();
            }
            default -> {
                // Parse, Bind, Describe and the like belong to a statement that is counted when it runs.
            }
        }
    }

    private int number(int at) {
        return ByteBuffer.wrap(head).getInt(at);
    }
}
