package dev.parley.server.events.webhooks;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes deliveries pending again. First deliveries, then endpoints, as everybody locks them. */
final class RedeliveryStore {

    private static final String AGAIN = """
            update webhook_deliveries d
            set status = 'pending', late = true, tries = 0, due_at = n.now, updated_at = n.now
            from (select parley_now() as now) n
            """;

    private static final String ONE = AGAIN + "where d.organization_id = ? and d.id = ? returning d.endpoint_id";

    // Those that are due already are left: each chunk finds others.
    private static final String SINCE = AGAIN + """
            where d.organization_id = ? and d.id = any (array(
                select f.id from webhook_deliveries f
                where f.organization_id = ? and f.webhook_id = ? and f.created_at >= ?
                and (f.status = 'failed' or (f.status = 'pending' and f.late and f.due_at > (select parley_now())))
                order by f.id limit ? for no key update))
            returning d.endpoint_id
            """;

    private static final String DUE = """
            update webhook_endpoints set due_at = greatest(parley_now(), open_until) where organization_id = ? and id = ?
            """;

    private static final String RESUME = """
            update webhook_endpoints
            set paused_at = null, failures = 0, failing_since = null, open_until = null, due_at = parley_now()
            where organization_id = ? and id = ?
            """;

    private RedeliveryStore() {}

    /** How many are pending again, and where they go. */
    record Again(int count, SortedSet<UUID> endpoints) {}

    /** Where it goes; null when there is none. */
    static @Nullable UUID redeliver(Connection connection, UUID organization, UUID delivery) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(ONE), organization, delivery);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getObject(1, UUID.class) : null;
        }
    }

    /** At most so many of those that failed. */
    static Again redeliverSince(Connection connection, UUID organization, UUID webhook, Instant since, int most)
            throws SQLException {
        SortedSet<UUID> endpoints = new TreeSet<>();
        int count = 0;
        try (PreparedStatement statement = Binds.all(
                        connection.prepareStatement(SINCE), organization, organization, webhook, since, most);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                endpoints.add(row.getObject(1, UUID.class));
                count++;
            }
        }
        return new Again(count, endpoints);
    }

    /** Lets the owner look at an endpoint. */
    static void makeDue(Connection connection, UUID organization, UUID endpoint) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(DUE), organization, endpoint)) {
            statement.executeUpdate();
        }
    }

    /** False when there is none. */
    static boolean resume(Connection connection, UUID organization, UUID endpoint) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(RESUME), organization, endpoint)) {
            return statement.executeUpdate() == 1;
        }
    }
}
