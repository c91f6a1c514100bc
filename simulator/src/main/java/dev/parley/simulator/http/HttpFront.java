package dev.parley.simulator.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns Jetty's requests into {@link Call}s and {@link Reply}s into answers. Thread-safe. */
final class HttpFront extends Handler.Abstract {

    /** No body is read beyond this. */
    static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

    /** Of those that bring a file: a document of 100 MB, in base64 where a control brings it, and what is around it. */
    private static final int MAX_FILE_BYTES = 140 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final String BEARER = "Bearer ";
    private static final Reply TOO_LARGE =
            Reply.html(413, "<html><body>Request body over " + MAX_BODY_BYTES + " bytes</body></html>");
    private static final Reply BROKEN = Reply.html(500, "<html><body>Internal error</body></html>");

    private final Endpoint endpoint;

    HttpFront(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        switch (answer(request)) {
            case Reply.Answer answer -> write(answer, response, callback);
            case Reply.Cut() -> cut(request, callback);
            case Reply.Broken(Reply.Answer answer, int bytes) -> breakOff(answer, bytes, request, response, callback);
        }
        return true;
    }

    private Reply answer(Request request) {
        try {
            int most = mostBytes(request);
            byte[] body = body(request, most);
            if (body.length > most) {
                return TOO_LARGE;
            }
            return endpoint.handle(new Call(
                    request.getMethod(),
                    Request.getPathInContext(request),
                    query(request),
                    bearer(request),
                    request.getHeaders().get(HttpHeader.CONTENT_TYPE),
                    body));
        } catch (IOException e) {
            return new Reply.Cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Cut();
        } catch (RuntimeException e) {
            LOG.error("A request could not be answered: {} at {}", e.getClass().getName(), where(e));
            return BROKEN;
        }
    }

    private static int mostBytes(Request request) {
        String path = Request.getPathInContext(request);
        return path.endsWith("/media") || path.equals("/_control/reply") ? MAX_FILE_BYTES : MAX_BODY_BYTES;
    }

    private static byte[] body(Request request, int most) throws IOException {
        long length = request.getLength();
        int wanted = length < 0 || length > most ? most + 1 : (int) length;
        return wanted == 0 ? new byte[0] : Content.Source.asInputStream(request).readNBytes(wanted);
    }

    private static String where(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    private static Map<String, String> query(Request request) {
        if (request.getHttpURI().getQuery() == null) {
            return Map.of();
        }
        var query = new HashMap<String, String>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValue());
        }
        return query;
    }

    private static @Nullable String bearer(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = header.substring(BEARER.length()).strip();
        return token.isEmpty() ? null : token;
    }

    private static void write(Reply.Answer answer, Response response, Callback callback) {
        head(answer, response);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static void head(Reply.Answer answer, Response response) {
        response.setStatus(answer.status());
        response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, answer.contentType()));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    }

    private static void breakOff(
            Reply.Answer answer, int bytes, Request request, Response response, Callback callback) {
        head(answer, response);
        ByteBuffer first = ByteBuffer.wrap(answer.body(), 0, Math.min(bytes, answer.body().length));
        response.write(false, first, Callback.from(() -> cut(request, callback), callback::failed));
    }

    private static void cut(Request request, Callback callback) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.succeeded();
    }
}
