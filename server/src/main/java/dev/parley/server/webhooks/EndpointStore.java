package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of endpoints, as far as webhooks make them. */
final class EndpointStore {

    // The update changes nothing, but gives the id in one statement whoever made the row.
    private static final String OF = """
            insert into webhook_endpoints (organization_id, id, url, created_at) values (?, ?, ?, ?)
            on conflict (organization_id, url) do update set url = excluded.url
            returning id
            """;

    // Whoever writes webhooks holds this, so that the organization's address stays and webhooks can be counted.
    private static final String ORGANIZATION_URL =
            "select webhook_url from organizations where id = ? and deleted_at is null for no key update";

    private static final String RESUME = """
            update webhook_endpoints
            set failures = 0, failing_since = null, open_until = null, paused_at = null, due_at = least(due_at, parley_now())
            where organization_id = ? and id = ?
            """;

    private static final String WAKE = """
            update webhook_endpoints set due_at = least(due_at, parley_now()) where organization_id = ? and id = ?
            """;

    private EndpointStore() {}

    /** The endpoint of an address, made when there is none. */
    static UUID of(Connection connection, UUID organization, UUID fresh, String url, Instant now) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(OF), organization, fresh, url, now);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    /** The organization's own address, as it stays until the transaction ends. */
    static Optional<String> lockOrganizationUrl(Connection connection, UUID organization) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(ORGANIZATION_URL), organization);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    /** Forgets that the endpoint failed. */
    static void resume(Connection connection, UUID organization, UUID id) throws SQLException {
        execute(connection, RESUME, organization, id);
    }

    /** Something is pending there: somebody is to look at it at once. */
    static void wake(Connection connection, UUID organization, UUID id) throws SQLException {
        execute(connection, WAKE, organization, id);
    }

    private static void execute(Connection connection, String sql, UUID organization, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binds.all(statement, organization, id).executeUpdate();
        }
    }
}
