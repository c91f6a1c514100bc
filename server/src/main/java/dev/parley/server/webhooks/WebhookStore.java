package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.RelatedRows;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of webhooks. Deleted ones are not seen here. */
final class WebhookStore {

    private static final String COLUMNS =
            "w.id, w.resource, w.event, w.fields, w.webhook_url, w.endpoint_id, w.secret_header, w.active, "
                    + "w.inactive_reason, e.paused_at, w.version, w.created_at, w.updated_at";

    private static final String FROM = "webhooks w left join webhook_endpoints e"
            + " on e.organization_id = w.organization_id and e.id = w.endpoint_id";

    private static final String WHERE = "w.organization_id = ? and w.deleted_at is null";

    private static final String ONE = "select " + COLUMNS + " from " + FROM + " where " + WHERE + " and w.id = ?";

    private static final String COUNT = "select count(*) from webhooks w where " + WHERE;

    private static final String INSERT = """
            insert into webhooks (organization_id, id, resource, event, fields, webhook_url, endpoint_id, secret_header, active,
                                  version, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String UPDATE = """
            update webhooks
            set resource = ?, event = ?, fields = ?, webhook_url = ?, endpoint_id = ?, secret_header = ?, active = ?,
                inactive_reason = ?, version = ?, updated_at = ?
            where organization_id = ? and id = ?
            """;

    private static final String HIDE = """
            update webhooks set deleted_at = ?, updated_at = ?, version = version + 1 where organization_id = ? and id = ?
            """;

    private static final String FOLLOW = """
            update webhooks set endpoint_id = ?
            where organization_id = ? and webhook_url is null and deleted_at is null
            """;

    private WebhookStore() {}

    /** False when the id is taken in this organization. */
    static boolean insert(Connection connection, UUID organization, Webhook w) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Binds.all(
                    statement,
                    organization,
                    w.id(),
                    w.resource(),
                    w.event(),
                    fields(connection, w),
                    w.url(),
                    w.endpointId(),
                    w.secretHeader(),
                    w.active(),
                    w.version(),
                    w.createdAt(),
                    w.updatedAt());
            return statement.executeUpdate() == 1;
        }
    }

    static void update(Connection connection, UUID organization, Webhook w) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            Binds.all(
                            statement,
                            w.resource(),
                            w.event(),
                            fields(connection, w),
                            w.url(),
                            w.endpointId(),
                            w.secretHeader(),
                            w.active(),
                            w.inactiveReason(),
                            w.version(),
                            w.updatedAt(),
                            organization,
                            w.id())
                    .executeUpdate();
        }
    }

    static void hide(Connection connection, UUID organization, UUID id, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HIDE)) {
            Binds.all(statement, now, now, organization, id).executeUpdate();
        }
    }

    static Optional<Webhook> find(Connection connection, UUID organization, UUID id) throws SQLException {
        return all(connection, ONE, organization, id).stream().findFirst();
    }

    /** The same, locked until the transaction ends. */
    static Optional<Webhook> lock(Connection connection, UUID organization, UUID id) throws SQLException {
        return all(connection, ONE + " for no key update of w", organization, id).stream()
                .findFirst();
    }

    /** Those that go to the organization's address, locked in the order of their ids. */
    static List<Webhook> lockFollowing(Connection connection, UUID organization) throws SQLException {
        String sql = "select " + COLUMNS + " from " + FROM + " where " + WHERE
                + " and w.webhook_url is null order by w.id for no key update of w";
        return all(connection, sql, organization);
    }

    /** All that go to the organization's address go there from now on; null for nowhere. */
    static void follow(Connection connection, UUID organization, @Nullable UUID endpoint) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOLLOW)) {
            Binds.all(statement, endpoint, organization).executeUpdate();
        }
    }

    static int count(Connection connection, UUID organization) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(COUNT), organization);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    static Page list(Connection connection, ResourceType type, UUID organization, ListQuery query) throws SQLException {
        return Listing.page(connection, sql(type, organization), query, row -> WebhookView.resource(read(row)));
    }

    static Map<UUID, Resource> byIds(Connection connection, ResourceType type, UUID organization, Collection<UUID> ids)
            throws SQLException {
        return RelatedRows.byIds(
                connection, sql(type, organization), type.idColumn(), ids, row -> WebhookView.resource(read(row)));
    }

    private static ListSql sql(ResourceType type, UUID organization) {
        return new ListSql(type, COLUMNS, FROM, WHERE, List.of(organization));
    }

    private static Webhook read(ResultSet row) throws SQLException {
        Array fields = row.getArray(4);
        return new Webhook(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                fields == null ? List.of() : List.of((String[]) fields.getArray()),
                row.getString(5),
                row.getObject(6, UUID.class),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getString(9),
                Binds.time(row.getObject(10, OffsetDateTime.class)),
                row.getInt(11),
                row.getObject(12, OffsetDateTime.class).toInstant(),
                row.getObject(13, OffsetDateTime.class).toInstant());
    }

    private static List<Webhook> all(Connection connection, String sql, Object... binds) throws SQLException {
        List<Webhook> found = new ArrayList<>();
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), binds);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(read(row));
            }
        }
        return found;
    }

    private static @Nullable Array fields(Connection connection, Webhook w) throws SQLException {
        return w.fields().isEmpty()
                ? null
                : connection.createArrayOf("text", w.fields().toArray());
    }
}
