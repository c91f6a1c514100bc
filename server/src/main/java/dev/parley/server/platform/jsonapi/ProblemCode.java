package dev.parley.server.platform.jsonapi;

import java.util.Locale;

/** The catalogue of errors that a client can see: a stable code, its HTTP status and a title. */
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not JSON"),
    TOO_DEEP(400, "The JSON is nested too deeply"),
    INVALID_QUERY_PARAMETER(400, "A query parameter has a value that cannot be used"),
    UNKNOWN_QUERY_PARAMETER(400, "A query parameter does not exist here"),
    UNKNOWN_FILTER(400, "A filter does not exist here"),
    UNKNOWN_SORT(400, "A sort field does not exist here"),
    QUERY_TOO_EXPENSIVE(400, "The query takes too long"),
    INVALID_HEADER(400, "A header has a value that cannot be used"),
    BAD_REQUEST(400, "The request cannot be served as it is"),
    UNAUTHORIZED(401, "The token is missing or unknown"),
    WRONG_TOKEN_KIND(403, "The token is of the wrong kind"),
    NOT_FOUND(404, "It does not exist"),
    NOT_SERVED(404, "This server does not offer it"),
    RELATED_NOT_FOUND(404, "A related resource does not exist"),
    METHOD_NOT_ALLOWED(405, "The path does not take this method"),
    NOT_ACCEPTABLE(406, "No acceptable media type is left"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    TYPE_MISMATCH(409, "The type is another one"),
    ID_MISMATCH(409, "The id is another one"),
    ID_TAKEN(409, "The id is taken"),
    ALREADY_SENT(409, "The message was handed over already"),
    CANDIDATE_FIXED(409, "The candidate of a thread cannot change"),
    CHANNEL_FIXED(409, "The channel of a thread with messages cannot change"),
    THREAD_EXISTS(409, "A thread for this identifier exists"),
    CONFLICT(409, "It contradicts what is there"),
    IDEMPOTENCY_KEY_IN_USE(409, "The first request with this key is still running"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported"),
    UNKNOWN_ATTRIBUTE(422, "An attribute does not exist"),
    UNKNOWN_RELATIONSHIP(422, "A relationship does not exist"),
    MISSING_MEMBER(422, "A member is missing"),
    INVALID_VALUE(422, "A value cannot be used"),
    RELATIONSHIP_MISMATCH(422, "A relationship and its attribute differ"),
    NO_CHANNEL_ACCOUNT(422, "There is no channel account to send with"),
    IDEMPOTENCY_KEY_REUSED(422, "The key was used with another body"),
    QUEUE_FULL(429, "Too much of this organization is waiting"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL_ERROR(500, "Something went wrong here"),
    OVERLOADED(503, "The server has too much to do"),
    DATABASE_UNAVAILABLE(503, "The database cannot be reached"),
    OUTCOME_UNKNOWN(503, "It is not known whether it was done");

    private final int status;
    private final String title;
    private final String text = name().toLowerCase(Locale.ROOT);

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status of an answer with this error alone. */
    public int status() {
        return status;
    }

    /** The same sentence for every occurrence. */
    public String title() {
        return title;
    }

    /** The code as clients see it, in snake_case. */
    public String text() {
        return text;
    }
}
