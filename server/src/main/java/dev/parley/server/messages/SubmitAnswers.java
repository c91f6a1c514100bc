package dev.parley.server.messages;

import dev.parley.server.platform.db.Written;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the outcome of a submitted message is to the one who sent it. */
final class SubmitAnswers {

    private static final String KEY = "Idempotency-Key";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(10);

    /** For a request that is done whole or not at all, whose messages find no place. */
    static final WriteResult QUEUE_FULL_FOR_ALL = busy(
            ProblemCode.QUEUE_FULL,
            "Too many messages of this organization wait to be accepted, so nothing of this request was done. Send it again after "
                    + "the time that Retry-After gives, and fewer at a time.",
            null);

    /** The same where the messages of all organizations are too many. */
    static final WriteResult OVERLOADED_FOR_ALL = busy(
            ProblemCode.OVERLOADED,
            "Nothing of this request was done. Send it again after the time that Retry-After gives.",
            null);

    private SubmitAnswers() {}

    /** What became of a command. */
    static WriteResult of(Written<Submitted> written, Write write, SubmitCommand command) {
        return switch (written) {
            case Written.Done<Submitted>(Submitted outcome) -> of(outcome, write, command);
            case Written.OrganizationFull<Submitted>() ->
                busy(
                        ProblemCode.QUEUE_FULL,
                        "Too many messages of this organization wait to be accepted; this one was not stored. Send it again "
                                + "after the time that Retry-After gives, and fewer at a time.",
                        null);
            case Written.Overloaded<Submitted>() ->
                busy(
                        ProblemCode.OVERLOADED,
                        "The message was not stored. Send it again after the time that Retry-After gives.",
                        null);
            case Written.Unreachable<Submitted>() ->
                busy(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        "The message was not stored. Send it again after the time that Retry-After gives.",
                        null);
            case Written.Unknown<Submitted>() ->
                busy(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "The message may be stored or not. GET it by the id in meta, or send it again with the same "
                                + KEY + " if it had one.",
                        command.message().id());
            case Written.Refused<Submitted>(SQLException logged) ->
                WriteResult.refused(Problem.of(
                        ProblemCode.INTERNAL_ERROR,
                        "The message was not stored. Report the request id; it names what went wrong."));
        };
    }

    private static WriteResult of(Submitted outcome, Write write, SubmitCommand command) {
        return switch (outcome) {
            case Submitted.Accepted(Message message, UUID woken) ->
                new WriteResult.Created(
                        message.equals(command.message()) ? command.view() : MessageView.resource(message));
            case Submitted.Replayed(UUID first, String state) ->
                new WriteResult.Replayed(
                        state == null
                                ? new WriteResult.Missing()
                                : new WriteResult.Created(MessageView.resource(first, state)));
            case Submitted.RefusedBefore(Submitted first) -> new WriteResult.Replayed(of(first, write, command));
            case Submitted.NoThread() ->
                at(
                        ProblemCode.RELATED_NOT_FOUND,
                        write.pointer(MessageType.THREAD),
                        "There is no message thread with this id. Create it first.");
            case Submitted.NoAccount() ->
                at(
                        ProblemCode.NO_CHANNEL_ACCOUNT,
                        write.pointer(MessageType.THREAD),
                        "No channel account can send on this thread's channel. Connect one with POST /channel-accounts.");
            case Submitted.Unfit(List<Problem> problems) -> new WriteResult.Refused(problems);
            case Submitted.QuotaReached(long most) ->
                new WriteResult.Busy(
                        ProblemCode.QUEUE_FULL,
                        "This organization has " + most
                                + " messages that wait to be sent, and may not have more; this one was "
                                + "not stored. Send it when some are sent, or cancel scheduled ones.",
                        LATER,
                        Json.MAPPER.createObjectNode().put("limit", most));
            case Submitted.IdTaken() ->
                at(
                        ProblemCode.ID_TAKEN,
                        "/data/id",
                        "A message with this id exists or existed. Use another; if the first request may have been yours, GET it.");
            case Submitted.KeyReused() ->
                key(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "This key came with another body before. Choose a new one for each message.");
            case Submitted.KeyInUse() ->
                key(
                        ProblemCode.IDEMPOTENCY_KEY_IN_USE,
                        "The first request with this key is under way. Wait for its answer, then repeat.");
        };
    }

    private static WriteResult at(ProblemCode code, String pointer, String detail) {
        return WriteResult.refused(Problem.at(code, pointer, detail));
    }

    private static WriteResult key(ProblemCode code, String detail) {
        return WriteResult.refused(new Problem(code, detail, new Problem.Source.Header(KEY), null));
    }

    private static WriteResult busy(ProblemCode code, String detail, @Nullable UUID id) {
        ObjectNode meta = null;
        if (id != null) {
            meta = Json.MAPPER.createObjectNode();
            meta.put("id", id.toString());
        }
        return new WriteResult.Busy(code, detail, SOON, meta);
    }
}
