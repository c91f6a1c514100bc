package dev.parley.server.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A table whose rows expire, cleaned page by page. Its statements read a range of pages by row address, whatever was deleted
 * or indexed, and pass over rows that somebody has locked: they never wait, so they are in nobody's way.
 */
enum ExpiryStore {
    IDEMPOTENCY_KEYS("idempotency_keys"),
    KEPT_ANSWERS("kept_answers"),
    /** Those that ended; and not of a message that is still under way or in doubt, whatever its age. */
    ATTEMPTS("attempts", """
            delete from attempts where ctid = any (array(
                select a.ctid from attempts a
                where a.ctid >= ?::tid and a.ctid < ?::tid
                  and a.closed_at < (select parley_now()) - ? * interval '1 second'
                  and coalesce((select m.phase from messages m
                                where m.organization_id = a.organization_id and m.id = a.message_id), 'done') = 'done'
                for update of a skip locked))
            """),
    /** Also pending ones: the events that they tell of expire as well. */
    WEBHOOK_DELIVERIES("webhook_deliveries"),
    AUDIT_ENTRIES("audit_entries");

    private static final String PAGES = "select pg_relation_size(?::regclass) / current_setting('block_size')::int8";

    private final String table;
    private final String delete;

    /** Whose rows expire by when they were made. */
    ExpiryStore(String table) {
        this(table, """
                delete from %1$s where ctid = any (array(
                    select r.ctid from %1$s r
                    where r.ctid >= ?::tid and r.ctid < ?::tid
                      and r.created_at < (select parley_now()) - ? * interval '1 second'
                    for update skip locked))
                """.formatted(table));
    }

    ExpiryStore(String table, String delete) {
        this.table = table;
        this.delete = delete;
    }

    /** How many pages the table has. */
    long pages(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAGES)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Deletes what expired on the pages from {@code first} to before {@code end}; how many rows. */
    int delete(Connection connection, long first, long end, Duration keep) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setString(1, "(" + first + ",0)");
            statement.setString(2, "(" + end + ",0)");
            statement.setLong(3, keep.toSeconds());
            return statement.executeUpdate();
        }
    }
}
