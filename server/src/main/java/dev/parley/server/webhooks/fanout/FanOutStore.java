package dev.parley.server.webhooks.fanout;

import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the log of all organizations and writes deliveries. */
final class FanOutStore {

    private static final String READER = "select position from event_readers where name = 'webhooks'";

    private static final String LISTENS = """
            select exists (select 1 from webhooks where active and deleted_at is null and endpoint_id is not null)
            """;

    private static final String NEXT = "select min(position) from events where position > ? and position <= ?";

    // A range of positions is a few pages (index events_position); what the planner believes of the newest ones is out
    // of date.
    private static final String PLANNING =
            "set local plan_cache_mode = force_custom_plan; set local enable_seqscan = off; set local enable_indexscan = off";

    private static final String INSERT = """
            with fresh as materialized (
                select organization_id, position, event, resource_type, resource_id, thread_id, fields
                from events where position > ? and position <= ?
            ), made as (
                insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event, resource_type,
                    resource_id, lane, created_at, updated_at)
                select e.organization_id, uuidv7(), w.id, w.endpoint_id, e.position, e.event, e.resource_type, e.resource_id,
                    hashtext(coalesce(e.thread_id, e.resource_id)::text), n.now, n.now
                from fresh e
                join webhooks w on w.organization_id = e.organization_id and w.resource = e.resource_type
                    and w.event = e.event and w.active and w.deleted_at is null and w.endpoint_id is not null
                    and w.after_position < e.position
                    and (e.event <> 'update' or w.fields is null or w.fields && e.fields)
                join organizations o on o.id = e.organization_id and o.deleted_at is null
                cross join (select parley_now() as now) n
                order by e.position, w.id
                returning organization_id, endpoint_id
            )
            select distinct organization_id, endpoint_id from made
            """;

    // In the order of keys, as everybody locks them. The owner gives an endpoint back under this lock: either it sees
    // what was
    // inserted here, or what it left is seen by the next statement.
    private static final String LOCK = """
            select organization_id, id from webhook_endpoints
            where (organization_id, id) in (select unnest(?::uuid[]), unnest(?::uuid[]))
            order by organization_id, id
            for no key update
            """;

    private static final String MAKE_DUE = """
            update webhook_endpoints e set due_at = greatest(n.now, e.open_until)
            from (select parley_now() as now) n
            where (e.organization_id, e.id) in (select unnest(?::uuid[]), unnest(?::uuid[]))
            and (e.due_at is null or e.due_at > greatest(n.now, e.open_until))
            """;

    private FanOutStore() {}

    /** An endpoint that has something to deliver. */
    record Endpoint(UUID organizationId, UUID id) {}

    /** Up to where the log was read. */
    static long cursor(Connection connection) throws SQLException {
        return number(connection, READER);
    }

    /** The same, locked until the transaction ends; -1 when another is at it. */
    static long lockCursor(Connection connection) throws SQLException {
        return number(connection, READER + " for update skip locked");
    }

    static void moveCursor(Connection connection, long position) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update event_readers set position = ? where name = 'webhooks'")) {
            Binds.all(statement, position).executeUpdate();
        }
    }

    /** Has the rest of the transaction read the log by ranges of pages. */
    static void readByRange(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PLANNING)) {
            statement.execute();
        }
    }

    static boolean anybodyListens(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LISTENS);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** The first event behind a position; -1 when there is none up to the horizon. Looks at one window first. */
    static long nextEvent(Connection connection, long after, long horizon, int window) throws SQLException {
        long near = number(connection, NEXT, after, Math.min(horizon, after + window));
        // The daily cut leaves a gap of a whole partition.
        return near >= 0 ? near : number(connection, NEXT, after, horizon);
    }

    /** Inserts what webhooks want of the events between two positions, the first excluded; where it is to go. */
    static List<Endpoint> insert(Connection connection, long after, long end) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(INSERT), after, end);
                ResultSet row = statement.executeQuery()) {
            List<Endpoint> endpoints = new ArrayList<>();
            while (row.next()) {
                endpoints.add(new Endpoint(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
            }
            return endpoints;
        }
    }

    /** Lets owners look at these endpoints. */
    static void makeDue(Connection connection, List<Endpoint> endpoints) throws SQLException {
        if (endpoints.isEmpty()) {
            return;
        }
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            new Arrays(lock).uuids(endpoints, Endpoint::organizationId).uuids(endpoints, Endpoint::id);
            lock.execute();
        }
        try (PreparedStatement update = connection.prepareStatement(MAKE_DUE)) {
            new Arrays(update).uuids(endpoints, Endpoint::organizationId).uuids(endpoints, Endpoint::id);
            update.executeUpdate();
        }
    }

    private static long number(Connection connection, String query, Object... values) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(query), values);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return -1;
            }
            long number = row.getLong(1);
            return row.wasNull() ? -1 : number;
        }
    }
}
