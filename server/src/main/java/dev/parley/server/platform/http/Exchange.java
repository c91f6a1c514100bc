package dev.parley.server.platform.http;

import dev.parley.connector.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One request and its answer, which is given once, by whoever comes first: the handler or its deadline. */
final class Exchange {

    private final AtomicBoolean answered = new AtomicBoolean();
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final HttpEdge edge;
    private final String requestId;
    private final Connections.@Nullable Turn turn;
    private @Nullable InputStream body;
    private boolean known;
    private volatile boolean reading;
    private volatile boolean handling;
    private volatile String template = "unmatched";
    private volatile Map<String, String> limits = Map.of();

    /** @param turn is told when the answer is written; null where nobody watches */
    Exchange(
            Request request,
            Response response,
            Callback callback,
            HttpEdge edge,
            String requestId,
            Connections.@Nullable Turn turn) {
        this.turn = turn;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.edge = edge;
        this.requestId = requestId;
    }

    Request request() {
        return request;
    }

    String requestId() {
        return requestId;
    }

    void matched(Route route) {
        template = route.template();
    }

    /** From here on it is the client that is waited for. */
    void reading() {
        reading = true;
    }

    void handling() {
        handling = true;
    }

    /** Answers in the handler's place. */
    void late() {
        answer(edge.failures().render(lateness(), requestId).with("Connection", "close"));
    }

    /** Who asks is looked up before the body is read: when that takes long, the client did nothing wrong, and nothing was done. */
    private HttpFailure lateness() {
        if (handling) {
            return new HttpFailure.TimedOut();
        }
        return reading ? new HttpFailure.BodyTooSlow() : new HttpFailure.Overloaded();
    }

    boolean answered() {
        return answered.get();
    }

    /** Nobody is left to be answered. */
    void abandon() {
        if (answered.compareAndSet(false, true)) {
            callback.failed(new EOFException("the body of a request stopped coming"));
        }
    }

    boolean isHandling() {
        return handling;
    }

    /** Its token is good; the answer gets these headers, whatever it is. */
    void known(Map<String, String> headers) {
        known = true;
        limits = headers;
    }

    /** Whether somebody began to read the body. */
    boolean hasBegun() {
        return body != null;
    }

    /** Whether the whole body is here, and is none that the client waits to be asked for. */
    boolean isConsumed() {
        return !request.getHeaders().contains("Expect") && request.consumeAvailable();
    }

    /** The body, which may be read by one after the other. */
    InputStream body() {
        InputStream opened = body;
        if (opened == null) {
            opened = Request.asInputStream(request);
            body = opened;
        }
        return opened;
    }

    /** Answers, then lets the caller finish sending before the connection is closed. */
    void answerEarly(HttpAnswer answer, Leftover leftover) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try (Blocker.Callback written = Blocker.callback()) {
            write(answer.with("Connection", "close"), written);
            written.block();
            if (turn != null) {
                turn.more(Leftover.PATIENCE);
            }
            leftover.drain(body(), known ? Leftover.KNOWN : Leftover.ANYBODY);
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
    }

    void answer(HttpAnswer answer) {
        if (answered.compareAndSet(false, true)) {
            write(answer, callback);
        } else if (answer.open() != null) {
            answer.open().abandon();
        }
    }

    private void write(HttpAnswer answer, Callback written) {
        edge.observer().answered(method(), template, answer.status(), System.nanoTime() - request.getBeginNanoTime());
        response.setStatus(answer.status());
        answer.headers().forEach(response.getHeaders()::put);
        limits.forEach(response.getHeaders()::put);
        response.getHeaders().put(RequestIds.HEADER, requestId);
        byte[] body = answer.body();
        ByteSource stream = answer.stream();
        boolean head = "HEAD".equals(request.getMethod());
        if (answer.open() != null && !head) {
            answer.open().open(new ResponseOutlet(request, response, written));
            return;
        }
        if (turn != null) {
            turn.answering(stream == null ? body.length : stream.length());
        }
        if (answer.open() != null) {
            answer.open().abandon();
        } else if (answer.status() != 204 && answer.status() != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, stream == null ? body.length : stream.length());
        }
        if (stream != null && !head) {
            stream(stream, written);
            return;
        }
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), written);
    }

    /** A caller that takes nothing for the idle time-out breaks it off; so does a file that can't be read to its end. */
    private void stream(ByteSource stream, Callback written) {
        try (InputStream in = stream.open()) {
            OutputStream out = Content.Sink.asOutputStream(response);
            in.transferTo(out);
            out.close();
            written.succeeded();
        } catch (IOException | RuntimeException e) {
            written.failed(e);
        }
    }

    private String method() {
        String method = request.getMethod();
        return HttpMethod.of(method) != null || method.equals("OPTIONS") ? method : "OTHER";
    }
}
