package dev.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The customer's side of webhooks: endpoints that take what comes at once, and endpoints that take it and never answer. Knows an
 * event by the number in {@code lastName} of its resource.
 */
final class HookReceiver implements AutoCloseable {

    private static final String MARK = "\"lastName\":\"e";
    /** Endpoints whose path begins so hang. */
    static final String HANGING = "/hang/";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong lastAt = new AtomicLong();
    private volatile AtomicLongArray committed = new AtomicLongArray(0);
    private volatile long[] delays = new long[0];

    static HookReceiver start() throws Exception {
        HookReceiver receiver = new HookReceiver();
        receiver.connector.setHost("127.0.0.1");
        receiver.connector.setIdleTimeout(120_000);
        receiver.server.addConnector(receiver.connector);
        receiver.server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                receiver.take(request, response, callback);
                return true;
            }
        });
        receiver.server.start();
        return receiver;
    }

    String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    /** Counts anew: so many events, and the most deliveries that may come of them. */
    void expect(int events, int deliveries) {
        committed = new AtomicLongArray(events);
        delays = new long[deliveries];
        taken.set(0);
    }

    /** The event was answered as committed at that {@link System#nanoTime}. */
    void committed(int event, long at) {
        committed.set(event, at);
    }

    /** Deliveries that were answered. */
    int taken() {
        return taken.get();
    }

    /** When the last of them came. */
    long lastAt() {
        return lastAt.get();
    }

    /** From the answer that says an event is committed until it was here, in microseconds. */
    Spread delays() {
        long[] some = new long[taken.get()];
        System.arraycopy(delays, 0, some, 0, some.length);
        return new Spread(some);
    }

    private void take(Request request, Response response, Callback callback) throws IOException {
        long at = System.nanoTime();
        String body = Content.Source.asString(request, StandardCharsets.UTF_8);
        if (Request.getPathInContext(request).startsWith(HANGING)) {
            return;
        }
        int from = body.indexOf(MARK) + MARK.length();
        if (from >= MARK.length()) {
            note(Integer.parseInt(body.substring(from, body.indexOf('"', from))), at);
        }
        response.setStatus(204);
        callback.succeeded();
    }

    private void note(int event, long at) {
        AtomicLongArray known = committed;
        int place = taken.getAndIncrement();
        if (event < known.length() && place < delays.length) {
            long since = known.get(event);
            delays[place] = since == 0 ? 0 : Math.max(0, at - since) / 1000;
            lastAt.accumulateAndGet(at, Math::max);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the receiver does not stop", e);
        }
    }
}
