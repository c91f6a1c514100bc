package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a group writer runs for a group: as few statements as can be, in the transaction that it is given. */
@FunctionalInterface
public interface GroupStatement<I, O> {

    /**
     * Runs the group. It may be run again, whole or in halves, so it has no effect outside of the transaction but what it takes back
     * itself: when it throws, when it gives {@link Group#again}, and else when its group is told that it was not committed.
     */
    Group<O> run(Connection connection, List<I> items) throws SQLException;
}
