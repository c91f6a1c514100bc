package dev.parley.server.dispatch;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * Tells the other nodes that this one is alive. Evidence can only be heard while a node is: a node that finds none before it
 * grants every doubt its whole wait again.
 */
public final class NodeHeartbeat {

    private static final String BEAT = """
            insert into nodes (id, started_at, seen_at) values (?, parley_now(), parley_now())
            on conflict (id) do update set seen_at = excluded.seen_at
            """;
    private static final String ANY_ALIVE =
            "select exists (select from nodes where id <> ? and seen_at > parley_now() - interval '30 seconds')";
    private static final String EXTEND = """
            update messages set doubt_until = parley_now() + ? * interval '1 millisecond'
            where phase = 'doubt' and doubt_until < parley_now() + ? * interval '1 millisecond'
            """;

    private final Database database;
    private final UUID node;
    private final Duration doubtWait;

    public NodeHeartbeat(Database database, UUID node, Duration doubtWait) {
        this.database = database;
        this.node = node;
        this.doubtWait = doubtWait;
    }

    /** Once, when the node is ready to hear callbacks. */
    public void start() {
        database.transact(connection -> {
            if (!anyOtherAlive(connection)) {
                extendDoubts(connection);
            }
            beat(connection);
            return true;
        });
    }

    /** Every five seconds. */
    public void runOneCycle() {
        database.transact(connection -> {
            beat(connection);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("delete from nodes where seen_at < parley_now() - interval '1 day'");
            }
            return true;
        });
    }

    private boolean anyOtherAlive(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ANY_ALIVE)) {
            statement.setObject(1, node);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void extendDoubts(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXTEND)) {
            statement.setLong(1, doubtWait.toMillis());
            statement.setLong(2, doubtWait.toMillis());
            statement.executeUpdate();
        }
    }

    private void beat(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setObject(1, node);
            statement.executeUpdate();
        }
    }
}
