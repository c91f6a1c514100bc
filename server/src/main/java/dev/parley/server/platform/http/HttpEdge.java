package dev.parley.server.platform.http;

import java.util.function.Supplier;

/**
 * What the server asks while it answers.
 *
 * @param authenticator whose a token is
 * @param failures what a refusal looks like
 * @param observer is told of each answer
 * @param requestIds makes an id of 1 to 128 characters of {@code [A-Za-z0-9._~-]}; thread-safe
 * @param limit how often a caller may ask
 */
public record HttpEdge(
        Authenticator authenticator,
        FailureRenderer failures,
        HttpObserver observer,
        Supplier<String> requestIds,
        CallerLimit limit) {

    /** Where everybody may ask as often as they like. */
    public HttpEdge(
            Authenticator authenticator, FailureRenderer failures, HttpObserver observer, Supplier<String> requestIds) {
        this(authenticator, failures, observer, requestIds, CallerLimit.NONE);
    }
}
