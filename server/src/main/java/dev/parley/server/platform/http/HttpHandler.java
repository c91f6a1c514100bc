package dev.parley.server.platform.http;

/** Answers a call. It runs on a virtual thread and may block, up to the deadline of requests; then it is interrupted. */
@FunctionalInterface
public interface HttpHandler {

    /** Answers; whatever is thrown becomes a 500 that names the request id. */
    HttpAnswer handle(HttpCall call) throws Exception;
}
