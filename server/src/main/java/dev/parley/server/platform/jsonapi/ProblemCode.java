package dev.parley.server.platform.jsonapi;

import java.util.Locale;

/** The catalogue of errors that a client can see: a stable code, its HTTP status and a title. */
public enum ProblemCode {
    MALFORMED_JSON(400, "Malformed JSON"),
    TOO_DEEP(400, "Nested too deeply"),
    MALFORMED_REQUEST(400, "Malformed request"),
    INVALID_HEADER(400, "Invalid header"),
    INVALID_QUERY_PARAMETER(400, "Invalid query parameter"),
    UNKNOWN_QUERY_PARAMETER(400, "Unknown query parameter"),
    UNKNOWN_FILTER(400, "Unknown filter"),
    UNKNOWN_SORT(400, "Unknown sort field"),
    UNKNOWN_INCLUDE(400, "Unknown include path"),
    UNKNOWN_FIELD(400, "Unknown field"),
    QUERY_TOO_EXPENSIVE(400, "Query too expensive"),
    BAD_REQUEST(400, "Refused by the provider"),
    UNAUTHORIZED(401, "Not authorized"),
    WRONG_TOKEN_KIND(403, "Wrong kind of token"),
    SCOPE_MISSING(403, "Scope missing"),
    RELATIONSHIP_READ_ONLY(403, "Relationship is read-only"),
    NOT_FOUND(404, "Not found"),
    RELATED_NOT_FOUND(404, "Related resource not found"),
    NOT_SERVED(404, "Not served here"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    REQUEST_TIMEOUT(408, "Request too slow"),
    TYPE_MISMATCH(409, "Type does not match"),
    ID_MISMATCH(409, "Id does not match"),
    ID_TAKEN(409, "Id is taken"),
    MEDIA_PENDING(409, "File not here yet"),
    MEDIA_LOST(404, "File could not be had"),
    RANGE_NOT_SATISFIABLE(416, "Range not satisfiable"),
    MEDIA_STORE_UNAVAILABLE(503, "Media store unavailable"),
    ALREADY_SENT(409, "Already handed over"),
    ALREADY_DUE(409, "Already due"),
    CANDIDATE_FIXED(409, "Candidate cannot change"),
    CHANNEL_FIXED(409, "Channel cannot change"),
    THREAD_EXISTS(409, "Thread exists"),
    ACCOUNT_EXISTS(409, "Account exists"),
    TEMPLATE_EXISTS(409, "Template exists"),
    WEBHOOK_INACTIVE(409, "Webhook inactive"),
    STORAGE_FULL(409, "Storage full"),
    TOO_MANY_TOKENS(409, "Too many tokens"),
    TOO_MANY_WEBHOOKS(409, "Too many webhooks"),
    CANDIDATE_STATUS_EXISTS(409, "Candidate status exists"),
    CANDIDATE_STATUS_IN_USE(409, "Candidate status in use"),
    TOO_MANY_CANDIDATE_STATUSES(409, "Too many candidate statuses"),
    IDEMPOTENCY_KEY_IN_USE(409, "Idempotency key in use"),
    CURSOR_EXPIRED(410, "Cursor expired"),
    PRECONDITION_FAILED(412, "Changed meanwhile"),
    BODY_TOO_LARGE(413, "Body too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    MISSING_MEMBER(422, "Missing member"),
    INVALID_VALUE(422, "Invalid value"),
    UNKNOWN_ATTRIBUTE(422, "Unknown attribute"),
    UNKNOWN_RELATIONSHIP(422, "Unknown relationship"),
    RELATIONSHIP_MISMATCH(422, "Relationship and attribute differ"),
    NO_CHANNEL_ACCOUNT(422, "No channel account"),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused"),
    QUEUE_FULL(429, "Queue full"),
    RATE_LIMITED(429, "Too many requests"),
    TOO_MANY_STREAMS(429, "Too many streams"),
    HEADERS_TOO_LARGE(431, "Headers too large"),
    INTERNAL_ERROR(500, "Internal error"),
    OVERLOADED(503, "Overloaded"),
    DATABASE_UNAVAILABLE(503, "Database unavailable"),
    PROVIDER_UNAVAILABLE(503, "Provider unavailable"),
    OUTCOME_UNKNOWN(503, "Outcome unknown");

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
