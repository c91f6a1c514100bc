package dev.parley.server.platform.http;

import java.time.Duration;
import java.util.List;

/** Why the edge itself refuses a request, before or instead of a handler's answer. */
public sealed interface HttpFailure {

    /** No route has this path. */
    record NoSuchPath() implements HttpFailure {}

    /**
     * The path has no such method.
     *
     * @param allowed those it has
     */
    record WrongMethod(List<String> allowed) implements HttpFailure {}

    /** No token, or one that nobody holds. */
    record Unauthorized() implements HttpFailure {}

    /**
     * A token of the other kind.
     *
     * @param needed what the route needs
     */
    record WrongToken(Access needed) implements HttpFailure {}

    /**
     * A token without the scope that the route needs.
     *
     * @param needed which one
     */
    record MissingScope(Scope needed) implements HttpFailure {}

    /**
     * The caller asks too often.
     *
     * @param pause how long it is to wait
     */
    record TooOften(Duration pause) implements HttpFailure {}

    /**
     * The body is larger than the route takes.
     *
     * @param limit in bytes
     */
    record BodyTooLarge(long limit) implements HttpFailure {}

    /**
     * The body without its files is too large.
     *
     * @param limit in bytes
     */
    record RestTooLarge(long limit) implements HttpFailure {}

    /** The query cannot be decoded. */
    record BadQuery() implements HttpFailure {}

    /** Bodies that are being read take all the memory set aside for them, or the server is stopping. */
    record Overloaded() implements HttpFailure {}

    /** The body didn't arrive in time. */
    record BodyTooSlow() implements HttpFailure {}

    /** The handler had no answer by the deadline; what it began may have happened. */
    record TimedOut() implements HttpFailure {}

    /**
     * A handler, or the authenticator, threw.
     *
     * @param cause what it threw; its text may hold values and isn't to be shown
     */
    record Unexpected(Throwable cause) implements HttpFailure {}

    /**
     * The request isn't proper HTTP.
     *
     * @param status 4xx or 5xx
     */
    record Malformed(int status) implements HttpFailure {}
}
