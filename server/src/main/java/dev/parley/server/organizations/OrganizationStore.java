package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of organizations. Those that are deleted, and wait for their removal, are not seen here. */
final class OrganizationStore {

    private static final String COLUMNS =
            "o.id, o.name, o.webhook_url, o.webhook_secret, o.signing_secret, o.version, o.created_at, o.updated_at";

    private static final String INSERT = """
            insert into organizations (id, name, webhook_url, webhook_secret, signing_secret, version, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String FIND =
            "select " + COLUMNS + " from organizations o where o.id = ? and o.deleted_at is null";

    private static final String UPDATE = """
            update organizations
            set name = ?, webhook_url = ?, webhook_secret = ?, signing_secret = ?, version = ?, updated_at = ?
            where id = ? and deleted_at is null
            """;

    private static final String KEEP_PREVIOUS_SECRET = """
            update organizations
            set previous_signing_secret = signing_secret, previous_signing_secret_until = ?
            where id = ? and deleted_at is null
            """;

    private OrganizationStore() {}

    /** False when the id is taken. */
    static boolean insert(Connection connection, Organization o) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            return Binds.all(
                                    statement,
                                    o.id(),
                                    o.name(),
                                    o.webhookUrl(),
                                    o.webhookSecret(),
                                    o.signingSecret(),
                                    o.version(),
                                    o.createdAt(),
                                    o.updatedAt())
                            .executeUpdate()
                    == 1;
        }
    }

    static Optional<Organization> find(Connection connection, UUID id) throws SQLException {
        return find(connection, id, FIND);
    }

    /** The same, locked until the transaction ends. */
    static Optional<Organization> lock(Connection connection, UUID id) throws SQLException {
        return find(connection, id, FIND + " for no key update");
    }

    private static Optional<Organization> find(Connection connection, UUID id, String sql) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), id);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    static void update(Connection connection, Organization o) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            Binds.all(
                            statement,
                            o.name(),
                            o.webhookUrl(),
                            o.webhookSecret(),
                            o.signingSecret(),
                            o.version(),
                            o.updatedAt(),
                            o.id())
                    .executeUpdate();
        }
    }

    /** Keeps the signing secret in force as the one before, to sign along until then. */
    static void keepSigningSecret(Connection connection, UUID id, Instant until) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP_PREVIOUS_SECRET)) {
            Binds.all(statement, until, id).executeUpdate();
        }
    }

    /** All of them, or the one of that id. */
    static Page list(Connection connection, @Nullable UUID only, ListQuery query) throws SQLException {
        String where = only == null ? "o.deleted_at is null" : "o.deleted_at is null and o.id = ?";
        List<Object> binds = only == null ? List.of() : List.of(only);
        ListSql sql = new ListSql(OrganizationTypes.MANAGED, COLUMNS, "organizations o", where, binds);
        return Listing.page(connection, sql, query, row -> OrganizationView.resource(read(row), null, null));
    }

    private static Organization read(ResultSet row) throws SQLException {
        return new Organization(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getBytes(4),
                row.getBytes(5),
                row.getInt(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant());
    }
}
