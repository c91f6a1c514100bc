package dev.parley.server.search;

import dev.parley.server.events.ReaderStore;
import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads in the log of all organizations what changed. */
final class FollowStore {

    // What goes with an organization that was ended is removed with it.
    private static final String CHANGED = """
            with fresh as materialized (
                select distinct organization_id, resource_type, resource_id from events
                where position > ? and position <= ? and resource_type in ('messages', 'messageThreads', 'candidates')
                and (event <> 'update' or fields && array['payload', 'identifier', 'candidateId',
                    'firstName', 'lastName', 'phone', 'email', 'postalCode'])
            ), served as materialized (
                select f.* from fresh f join organizations o on o.id = f.organization_id and o.deleted_at is null
            )
            select organization_id, resource_type, resource_id from served
            union
            select t.organization_id, 'messageThreads', t.id
            from served s join threads t on t.organization_id = s.organization_id and t.candidate_id = s.resource_id
            where s.resource_type = 'candidates'
            """;

    private FollowStore() {}

    /** Up to where the log was read, locked until the transaction ends, as is writing entries; -1 when another is at it. */
    static long lockCursor(Connection connection) throws SQLException {
        long cursor = ReaderStore.SEARCH.lockCursor(connection);
        if (cursor >= 0) {
            execute(connection, "select pg_advisory_xact_lock(" + SearchEntryStore.LOCK_KEY + ")");
        }
        return cursor;
    }

    /** The first event behind a position; -1 when there is none up to the horizon. */
    static long nextEvent(Connection connection, long after, long horizon, int window) throws SQLException {
        ReaderStore.readByRange(connection);
        long next = ReaderStore.nextEvent(connection, after, horizon, window);
        ReaderStore.readAsUsual(connection);
        return next;
    }

    /** What changed between two positions, the first excluded. */
    static List<Changed> changed(Connection connection, long after, long end) throws SQLException {
        ReaderStore.readByRange(connection);
        List<Changed> changed = new ArrayList<>();
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(CHANGED), after, end);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                changed.add(new Changed(row.getObject(1, UUID.class), row.getString(2), row.getObject(3, UUID.class)));
            }
        }
        ReaderStore.readAsUsual(connection);
        return changed;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
