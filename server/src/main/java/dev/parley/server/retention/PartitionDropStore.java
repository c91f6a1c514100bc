package dev.parley.server.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes partitions on a connection in auto-commit. Dropping an attached one would lock the whole log against writers while
 * it waits for readers, so it is detached concurrently first. That takes two transactions and may stop half way; what is
 * found half done is finished.
 */
final class PartitionDropStore {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String EXPIRED = """
            select substr(c.relname, 9)::int8 as number, i.inhdetachpending
            from pg_class c left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = 'events'::regclass
            where c.relnamespace = (select relnamespace from pg_class where oid = 'events'::regclass)
              and c.relkind = 'r' and c.relname ~ '^events_p[0-9]{1,18}$' and substr(c.relname, 9)::int8 < ?
            order by i.inhdetachpending desc nulls last, number limit ?
            """;
    private static final String FORGET = "delete from event_cuts where number < ?";

    /** A partition to remove, and how far that came: attached (false), half detached (true), detached (null). */
    record Expired(long number, @Nullable Boolean halfDetached) {}

    private PartitionDropStore() {}

    /** Takes the lock for this connection, unless another has it; also limits each wait for a table or its users. */
    static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, PartitionStore.LOCK);
            if (!PartitionStore.isTrue(statement)) {
                return false;
            }
        }
        execute(connection, "set lock_timeout = '5s'");
        return true;
    }

    static void unlock(Connection connection) throws SQLException {
        execute(connection, "reset lock_timeout");
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_unlock(?)")) {
            statement.setLong(1, PartitionStore.LOCK);
            statement.execute();
        }
    }

    static List<Expired> expired(Connection connection, long oldestKept, int most) throws SQLException {
        List<Expired> expired = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(EXPIRED)) {
            statement.setLong(1, oldestKept);
            statement.setInt(2, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    expired.add(new Expired(row.getLong(1), row.getObject(2, Boolean.class)));
                }
            }
        }
        return expired;
    }

    /** Detaches and drops it; false when somebody reads it for too long. */
    static boolean remove(Connection connection, Expired expired) throws SQLException {
        String table = PartitionStore.table(expired.number());
        try {
            if (expired.halfDetached() != null) {
                execute(
                        connection,
                        "alter table events detach partition " + table
                                + (expired.halfDetached() ? " finalize" : " concurrently"));
            }
            execute(connection, "drop table " + table);
            return true;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    static void forget(Connection connection, long oldestKept) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, oldestKept);
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
