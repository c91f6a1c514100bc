package dev.parley.server.messages;

import dev.parley.server.messages.SubmitLookStore.Looked;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.platform.db.CommitOutcome;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.db.GroupStatement;
import dev.parley.server.platform.jsonapi.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Accepts a group of messages: looks up and locks, decides, writes. */
final class SubmitStatement implements GroupStatement<SubmitCommand, Submitted> {

    /** An id that another transaction took between looking and writing (SQL state unique_violation). */
    private static final String TAKEN = "23505";

    /** What has a transaction run again (SQL state serialization_failure). */
    private static final String AGAIN = "40001";

    private final Map<String, ChannelRule> rules;
    private final Duration keysKept;
    private final AcceptClaims claims;

    /**
     * @param rules of every channel that is served
     * @param keysKept how long an idempotency key is remembered
     * @param claims claims those that can go out at once
     */
    SubmitStatement(List<ChannelRule> rules, Duration keysKept, AcceptClaims claims) {
        this.rules = rules.stream().collect(Collectors.toMap(ChannelRule::channel, Function.identity()));
        this.keysKept = keysKept;
        this.claims = claims;
    }

    @Override
    public Group<Submitted> run(Connection connection, List<SubmitCommand> commands) throws SQLException {
        AcceptClaims.Batch batch = claims.begin();
        boolean done = false;
        try {
            Group<Submitted> group = run(connection, commands, batch);
            done = group.outcomes() != null;
            return group;
        } finally {
            if (!done) {
                batch.ended(CommitOutcome.ABORTED);
            }
        }
    }

    private Group<Submitted> run(Connection connection, List<SubmitCommand> commands, AcceptClaims.Batch batch)
            throws SQLException {
        Looked looked = SubmitLookStore.look(connection, commands, keysKept, batch.any());
        SubmitPlan plan = planned(connection, commands, looked, batch);
        if (plan.gone() || !SubmitWriteStore.remember(connection, plan.answers(), looked.now(), keysKept)) {
            return Group.again();
        }
        return plan.stored().isEmpty()
                ? new Group<>(looked.transactionId(), plan.outcomes())
                : new Group<>(
                        looked.transactionId(),
                        plan.outcomes(),
                        last -> committed(last, plan, looked.now()),
                        batch::ended);
    }

    /** Accepts a group in a transaction that goes on. What another transaction is in the way of has all of it run again. */
    List<Submitted> within(Connection connection, List<SubmitCommand> commands) throws SQLException {
        if (commands.isEmpty()) {
            return List.of();
        }
        Looked looked = SubmitLookStore.look(connection, commands, keysKept, false);
        // Whether it is committed is not learned here.
        SubmitPlan plan = planned(connection, commands, looked, AcceptClaims.Batch.NOTHING);
        if (plan.gone()) {
            throw new SQLException("a thread was removed or merged this moment", AGAIN);
        }
        try {
            if (!plan.stored().isEmpty()) {
                SubmitWriteStore.write(connection, plan, looked.now());
            }
        } catch (SQLException e) {
            throw TAKEN.equals(e.getSQLState()) ? new SQLException("an id was taken this moment", AGAIN, e) : e;
        }
        return plan.outcomes();
    }

    private SubmitPlan planned(
            Connection connection, List<SubmitCommand> commands, Looked looked, AcceptClaims.Batch batch)
            throws SQLException {
        Map<Integer, List<Problem>> unknown = References.problems(connection, commands, looked.rows());
        SubmitPlan plan = new SubmitPlan(rules, batch, looked.now());
        for (int i = 0; i < commands.size(); i++) {
            plan.add(commands.get(i), looked.rows().get(i), unknown.getOrDefault(i, List.of()));
        }
        return plan;
    }

    private static boolean committed(Connection connection, SubmitPlan plan, Instant now) throws SQLException {
        try {
            SubmitWriteStore.commit(connection, plan, now);
            return true;
        } catch (SQLException e) {
            if (TAKEN.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}
