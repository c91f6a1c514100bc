package dev.parley.server.platform.kept;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.Surrounding;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.Answers;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.Keyed;
import dev.parley.server.platform.jsonapi.KeyedCalls;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * Works for each idempotency key once and keeps the answer. A key has a lease while its request runs, which is taken before the
 * work in a transaction of its own; the answer is written with the work where that is one transaction, else right after it.
 * Safe for use by many threads at once.
 */
public final class KeptCalls implements KeyedCalls {

    /** Longer than any transaction may last, and than a request with its calls: whoever runs still has its lease. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final Database database;
    private final Answers answers;
    private final Ids ids;
    private final Duration kept;

    /** @param kept how long answers are kept */
    public KeptCalls(Database database, Answers answers, Ids ids, Duration kept) {
        this.database = database;
        this.answers = answers;
        this.ids = ids;
        this.kept = kept;
    }

    @Override
    public HttpAnswer answer(RequestContext context, Keyed keyed, JsonApi.Call call) throws Exception {
        KeptKey key = KeptKey.of(context);
        UUID lease = ids.next();
        boolean again = keyed != Keyed.ONCE;
        boolean first =
                database.transact(connection -> KeptAnswerStore.claim(connection, key, lease, LEASE, kept, again));
        Claim claim = first ? new Claim.Mine() : database.call(connection -> KeptAnswerStore.find(connection, key));
        return switch (claim) {
            case Claim.Mine() -> first(context, keyed, call, key, lease);
            case Claim.Answered(KeptAnswer answer) ->
                answers.again(context, answer.status(), answer.location(), answer.body());
            case Claim.Running() -> inUse(context);
            case Claim.Reused() ->
                refused(
                        context,
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "This key came with another body before. Choose a new one for each request.");
            case Claim.Lost() ->
                refused(
                        context,
                        ProblemCode.OUTCOME_UNKNOWN,
                        "The first request with this key was cut off while somebody else was asked to do it. Look whether it was"
                                + " done; if not, send it with a new key.");
        };
    }

    private HttpAnswer first(RequestContext context, Keyed keyed, JsonApi.Call call, KeptKey key, UUID lease)
            throws Exception {
        boolean ended = false;
        try {
            HttpAnswer answer = keyed == Keyed.TRANSACTION
                    ? database.surround(false, around -> joined(context, call, key, lease, around))
                    : apart(context, call, key, lease);
            ended = true;
            return answer;
        } finally {
            if (!ended && keyed != Keyed.ONCE) {
                release(key, lease);
            }
        }
    }

    private HttpAnswer joined(RequestContext context, JsonApi.Call call, KeptKey key, UUID lease, Surrounding around)
            throws Exception {
        HttpAnswer answer = call.answer(context);
        return ended(around.connection(), context, answer, key, lease) ? answer : lost(context, around);
    }

    /** It took so long that the key is somebody else's: what was done here must not be done twice. */
    private HttpAnswer lost(RequestContext context, Surrounding around) {
        around.undo();
        return inUse(context);
    }

    private HttpAnswer apart(RequestContext context, JsonApi.Call call, KeptKey key, UUID lease) throws Exception {
        HttpAnswer answer = call.answer(context);
        database.transact(connection -> ended(connection, context, answer, key, lease));
        return answer;
    }

    private boolean ended(Connection connection, RequestContext context, HttpAnswer answer, KeptKey key, UUID lease)
            throws SQLException {
        if (keeps(context, answer.status())) {
            return KeptAnswerStore.keep(connection, key, lease, KeptContent.of(answer, answers));
        }
        KeptAnswerStore.release(connection, key, lease);
        return true;
    }

    private static boolean keeps(RequestContext context, int status) {
        boolean found = context.isWorking() && (status == 409 || status == 422);
        return !context.isUnfinished() && (found || status / 100 == 2);
    }

    private void release(KeptKey key, UUID lease) {
        database.transact(connection -> {
            KeptAnswerStore.release(connection, key, lease);
            return true;
        });
    }

    private HttpAnswer inUse(RequestContext context) {
        return refused(
                context,
                ProblemCode.IDEMPOTENCY_KEY_IN_USE,
                "The first request with this key is under way. Wait for its answer, then repeat.");
    }

    private HttpAnswer refused(RequestContext context, ProblemCode code, String detail) {
        return answers.refused(context, new Problem(code, detail, new Problem.Source.Header(HEADER), null));
    }
}
