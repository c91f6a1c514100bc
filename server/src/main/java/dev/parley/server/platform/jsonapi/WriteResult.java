package dev.parley.server.platform.jsonapi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What came of a write. */
public sealed interface WriteResult {
    /** 201 with {@code Location}. */
    record Created(Resource resource) implements WriteResult {}

    /** 200: what was asked for was there already. */
    record Existing(Resource resource) implements WriteResult {}

    /** 200. */
    record Updated(Resource resource) implements WriteResult {}

    /** 204. */
    record Deleted() implements WriteResult {}

    /** 404. */
    record Missing() implements WriteResult {}

    /** 412: it is in another state than the caller demands. */
    record Stale() implements WriteResult {}

    /** The status of the problems, 400 when they differ. */
    record Refused(List<Problem> problems) implements WriteResult {}

    /** The status of the code, with {@code Retry-After}. */
    record Busy(
            ProblemCode code,
            String detail,
            Duration retryAfter,
            @Nullable ObjectNode meta) implements WriteResult {

        Problem problem() {
            return new Problem(code, detail, null, meta);
        }
    }

    /** What the first request with the same key was answered, made anew, with {@code Idempotency-Replayed: true}. */
    record Replayed(WriteResult first) implements WriteResult {}

    /** The very bytes that the first request with the same key was answered, with {@code Idempotency-Replayed: true}. */
    record Kept(int status, @Nullable String location, byte[] body) implements WriteResult {}

    /** The resource that the answer shows; null when it shows none, or bytes that were kept. */
    default @Nullable Resource shown() {
        return switch (this) {
            case Created(Resource resource) -> resource;
            case Existing(Resource resource) -> resource;
            case Updated(Resource resource) -> resource;
            case Replayed(WriteResult first) -> first.shown();
            case Deleted d -> null;
            case Missing m -> null;
            case Stale s -> null;
            case Refused r -> null;
            case Busy b -> null;
            case Kept k -> null;
        };
    }

    /** A refusal for one reason or more. */
    static Refused refused(Problem... problems) {
        return new Refused(List.of(problems));
    }
}
