package dev.parley.server.platform.http;

import org.jspecify.annotations.Nullable;

/** Finds out whose a token is. Called for each request, by many threads at once, before its body is read. */
@FunctionalInterface
public interface Authenticator {

    /**
     * The holder of a token.
     *
     * @param token as sent, without {@code Bearer}; at most the header limit long
     * @return null when nobody holds it
     */
    @Nullable
    Caller authenticate(String token) throws Exception;
}
