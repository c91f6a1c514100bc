package dev.parley.server.platform.http;

/** Is told of every answer, for metrics. Called on the request's own thread; must be quick and must not throw. */
@FunctionalInterface
public interface HttpObserver {

    /** Looks away. */
    HttpObserver NONE = (method, template, status, nanos) -> {};

    /**
     * A request was answered.
     *
     * @param method the HTTP method as sent, or {@code OTHER} for one that no route has
     * @param template the path template of the route, or {@code unmatched}; never the path itself
     * @param status of the answer
     * @param nanos from the request's first byte to its answer
     */
    void answered(String method, String template, int status, long nanos);
}
