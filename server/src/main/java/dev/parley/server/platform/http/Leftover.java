package dev.parley.server.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * What still comes of a body whose request was answered before its end. A connection that is closed with unread bytes is
 * reset, and a client that goes on sending then never sees its answer; so what comes is taken and forgotten for a while, after
 * the answer went out with {@code Connection: close}. Safe for use by many threads at once.
 *
 * <p>Source: RFC 9112, section 9.6.
 */
final class Leftover {

    /** The longest that a client may go on sending what nobody reads. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of a client that is known: the largest file that any channel takes (100 MB), in base64, and more. */
    static final long KNOWN = 160L << 20;

    /** Of anybody. */
    static final long ANYBODY = 8L << 20;

    private static final long LITTLE = 32 << 10;
    private static final int CHUNK = 16 << 10;
    private static final int AT_ONCE = 256;

    private final Semaphore room = new Semaphore(AT_ONCE);

    /**
     * Whether much is left. A little is here already, most likely, and then the connection stays open. Nothing is left of a
     * client that waits to be told to go on, for that it never is.
     */
    static boolean of(Exchange exchange) {
        var headers = exchange.request().getHeaders();
        boolean much = headers.getLongField("Content-Length") > LITTLE || headers.contains("Transfer-Encoding");
        return much && !exchange.isHandling() && (exchange.hasBegun() || !headers.contains("Expect"));
    }

    /** Takes what comes until it ends, is too much, or the thread is interrupted. */
    void drain(InputStream in, long most) {
        if (!room.tryAcquire()) {
            return;
        }
        try {
            byte[] chunk = new byte[CHUNK];
            long left = most;
            for (int n = in.read(chunk); n >= 0 && left > 0; n = in.read(chunk)) {
                left -= n;
            }
        } catch (IOException e) {
            // It hung up, or its time is over: either way nobody is left who could be told.
            return;
        } finally {
            room.release();
        }
    }
}
