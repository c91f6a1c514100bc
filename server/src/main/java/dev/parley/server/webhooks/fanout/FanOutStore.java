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

    private static final String LISTENS = """
            select exists (select 1 from webhooks where active and deleted_at is null and endpoint_id is not null)
            """;

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

    static boolean anybodyListens(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LISTENS);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
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
}
