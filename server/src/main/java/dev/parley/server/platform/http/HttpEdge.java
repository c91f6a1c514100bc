package dev.parley.server.platform.http;

import java.util.function.Supplier;

/**
 * What the server asks while it answers.
 *
 * @param authenticator whose a token is
 * @param failures what a refusal looks like
 * @param observer is told of each answer
 * @param requestIds makes an id of 1 to 128 characters of {@code [A-Za-z0-9._~-]}; thread-safe
 */
public record HttpEdge(
        Authenticator authenticator, FailureRenderer failures, HttpObserver observer, Supplier<String> requestIds) {}
