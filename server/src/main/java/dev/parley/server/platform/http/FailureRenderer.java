package dev.parley.server.platform.http;

/** Says what a refusal of the edge looks like on the wire. Thread-safe. */
@FunctionalInterface
public interface FailureRenderer {

    /** The answer for a failure; {@code Allow} and {@code WWW-Authenticate} are added by the edge. */
    HttpAnswer render(HttpFailure failure, String requestId);
}
