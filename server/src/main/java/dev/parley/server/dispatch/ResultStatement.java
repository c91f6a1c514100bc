package dev.parley.server.dispatch;

import dev.parley.server.dispatch.ResultStore.AttemptKey;
import dev.parley.server.dispatch.ResultStore.Locked;
import dev.parley.server.dispatch.ResultStore.LockedMessage;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.db.GroupStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records a group of results. A result is always recorded; the fence decides only who advances or releases the thread. Result,
 * advance and release are one commit. Run once more after it was committed it changes nothing.
 */
final class ResultStatement implements GroupStatement<AttemptResult, Recorded> {

    private final DispatchSettings settings;
    private final BackOff backOff;

    ResultStatement(DispatchSettings settings, BackOff backOff) {
        this.settings = settings;
        this.backOff = backOff;
    }

    @Override
    public Group<Recorded> run(Connection connection, List<AttemptResult> results) throws SQLException {
        Locked locked = ResultStore.lock(connection, results);
        ResultPlan plan = new ResultPlan(settings, backOff, locked.threads());
        List<Recorded> outcomes = new ArrayList<>(results.size());
        for (AttemptResult result : results) {
            LockedMessage message = locked.messages()
                    .get(new AttemptKey(
                            result.duty().message().organizationId(),
                            result.duty().message().id(),
                            result.duty().attempt()));
            // Nothing is there when the message was erased while the call was under way, or its claim was not
            // committed.
            outcomes.add(message == null ? Recorded.NOTHING : plan.add(result, message));
        }
        return new Group<>(locked.transactionId(), outcomes, last -> {
            if (plan.commit(last)) {
                outcomes.replaceAll(Recorded::withUnparked);
            }
            return true;
        });
    }
}
