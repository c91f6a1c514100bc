package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.db.SqlFailure;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.FailureRenderer;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpFailure;
import dev.parley.server.platform.http.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes the refusals of the HTTP edge as error documents. */
final class JsonApiFailures implements FailureRenderer {

    private final Answers answers;

    JsonApiFailures(Answers answers) {
        this.answers = answers;
    }

    @Override
    public HttpAnswer render(HttpFailure failure, String requestId) {
        HttpAnswer answer = answers.refused(Negotiation.JSON_API, List.of(problem(failure)), requestId);
        if (failure instanceof HttpFailure.TooOften(Duration pause)) {
            return answer.with("Retry-After", String.valueOf(Math.max(1, pause.toSeconds())));
        }
        return answer.status() == 503 ? answer.with("Retry-After", "1") : answer;
    }

    private static Problem problem(HttpFailure failure) {
        return switch (failure) {
            case HttpFailure.NoSuchPath() ->
                Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path; check its spelling.");
            case HttpFailure.WrongMethod(List<String> allowed) ->
                Problem.of(
                        ProblemCode.METHOD_NOT_ALLOWED, "Use one of " + String.join(", ", allowed) + " on this path.");
            case HttpFailure.Unauthorized() ->
                header(ProblemCode.UNAUTHORIZED, "Send Authorization: Bearer and a token that is in force.");
            case HttpFailure.WrongToken(Access needed) ->
                header(
                        ProblemCode.WRONG_TOKEN_KIND,
                        needed == Access.PARTNER
                                ? "Send the partner token; this is an organization's."
                                : "Send an organization's token; this is the partner token.");
            case HttpFailure.MissingScope(Scope needed) -> header(ProblemCode.SCOPE_MISSING, scopeMissing(needed));
            case HttpFailure.TooOften(Duration pause) ->
                Problem.of(
                        ProblemCode.RATE_LIMITED,
                        "Nothing was done. Wait as long as Retry-After says, and stay within what RateLimit shows.");
            case HttpFailure.BodyTooLarge(long limit) ->
                Problem.of(ProblemCode.BODY_TOO_LARGE, "Send at most " + limit + " bytes on this path.")
                        .with(JsonNodeFactory.instance.objectNode().put("limit", limit));
            case HttpFailure.RestTooLarge(long limit) ->
                Problem.of(ProblemCode.BODY_TOO_LARGE, "Send at most " + limit + " bytes beside the data of a file.")
                        .with(JsonNodeFactory.instance.objectNode().put("limit", limit));
            case HttpFailure.BadQuery() ->
                Problem.of(ProblemCode.INVALID_QUERY_PARAMETER, "Write the query as percent-encoded UTF-8.");
            case HttpFailure.Overloaded() ->
                Problem.of(ProblemCode.OVERLOADED, "Wait as long as Retry-After says, then send it again.");
            case HttpFailure.BodyTooSlow() -> Problem.of(ProblemCode.REQUEST_TIMEOUT, "Send the body without pauses.");
            case HttpFailure.TimedOut() ->
                Problem.of(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "There was no answer in time. Look whether it was done before sending it again.");
            case HttpFailure.Unexpected(Throwable cause) -> unexpected(cause);
            case HttpFailure.Malformed(int status) -> malformed(status);
        };
    }

    private static Problem header(ProblemCode code, String detail) {
        return new Problem(code, detail, new Problem.Source.Header("Authorization"), null);
    }

    private static Problem malformed(int status) {
        return switch (status) {
            case 404 -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path; check its spelling.");
            case 408 -> Problem.of(ProblemCode.REQUEST_TIMEOUT, "Send the request without pauses.");
            case 413 -> Problem.of(ProblemCode.BODY_TOO_LARGE, "Send a smaller body.");
            case 414, 431 -> Problem.of(ProblemCode.HEADERS_TOO_LARGE, "Send a shorter query and fewer headers.");
            case 503 -> Problem.of(ProblemCode.OVERLOADED, "Wait as long as Retry-After says, then send it again.");
            default ->
                status < 500
                        ? Problem.of(
                                ProblemCode.MALFORMED_REQUEST, "Send a proper HTTP request; this one cannot be read.")
                        : Problem.of(ProblemCode.INTERNAL_ERROR, "Report the request id; it names what went wrong.");
        };
    }

    private static Problem unexpected(Throwable cause) {
        return databaseIsGone(cause)
                ? Problem.of(ProblemCode.DATABASE_UNAVAILABLE, "Wait as long as Retry-After says, then send it again.")
                : Problem.of(ProblemCode.INTERNAL_ERROR, "Report the request id; it names what went wrong.");
    }

    private static boolean databaseIsGone(Throwable thrown) {
        @Nullable Throwable at = thrown;
        for (int depth = 0; at != null && depth < 10; depth++) {
            SqlFailure failure = switch (at) {
                case DatabaseException database -> database.failure();
                case SQLException sql -> SqlFailure.of(sql);
                default -> SqlFailure.REFUSED;
            };
            if (failure == SqlFailure.UNREACHABLE) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    static String scopeMissing(Scope needed) {
        return "Send a token with the scope " + needed.word() + "; this one does not have it.";
    }
}
