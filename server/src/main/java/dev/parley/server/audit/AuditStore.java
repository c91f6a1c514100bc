package dev.parley.server.audit;

import dev.parley.server.platform.actor.Actor;
import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rows of the audit log. */
final class AuditStore {

    private static final String INSERT = """
            insert into audit_entries (organization_id, action, subject, counts, created_at, actor, token_id, token_name, request_id)
            select e.organization_id, e.action, e.subject, coalesce(e.counts, '{}')::jsonb, e.created_at,
                   a.actor, a.token_id, a.token_name, a.request_id
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::text[]) as action, unnest(?::uuid[]) as subject,
                       unnest(?::text[]) as counts, unnest(?::timestamptz[]) as created_at
            ) e,
            (values (?, ?::uuid, ?, ?)) as a (actor, token_id, token_name, request_id)
            """;

    private static final String COLUMNS = "a.id, a.organization_id, a.action, a.actor, a.token_id, a.token_name, "
            + "a.request_id, a.resource_type, a.subject, a.counts, a.created_at";

    private static final String FROM = "audit_entries a";

    /** An organization does not see those of one before it that had the same id. */
    private static final String OF_ONE =
            "a.organization_id = ? and a.created_at >= (select o.created_at from organizations o "
                    + "where o.id = a.organization_id and o.deleted_at is null)";

    private AuditStore() {}

    static void insert(Connection connection, Actor actor, List<AuditEntry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Arrays(statement)
                    .uuids(entries, AuditEntry::organizationId)
                    .texts(entries, entry -> entry.action().word())
                    .uuids(entries, AuditEntry::subject)
                    .texts(entries, AuditEntry::counts)
                    .times(entries, AuditEntry::at);
            statement.setString(6, actor.kind().word());
            statement.setObject(7, actor.tokenId());
            statement.setString(8, actor.tokenName());
            statement.setString(9, actor.requestId());
            statement.executeUpdate();
        }
    }

    /** Those of an organization. */
    static Page list(Connection connection, UUID organization, ListQuery query) throws SQLException {
        ListSql sql = new ListSql(AuditType.OWN, COLUMNS, FROM, OF_ONE, List.of(organization));
        return Listing.page(connection, sql, query, AuditStore::resource);
    }

    static Optional<Resource> find(Connection connection, UUID organization, UUID id) throws SQLException {
        return one(connection, OF_ONE + " and a.id = ?", organization, id);
    }

    /** Those of all organizations, and of ones that are no more: for the partner alone. */
    static Page listOfAll(Connection connection, ListQuery query) throws SQLException {
        ListSql sql = new ListSql(AuditType.MANAGED, COLUMNS, FROM, "true", List.of());
        return Listing.page(connection, sql, query, AuditStore::resource);
    }

    /** One of any organization's: for the partner alone. */
    static Optional<Resource> findAmongAll(Connection connection, UUID id) throws SQLException {
        return one(connection, "a.id = ?", id);
    }

    private static Optional<Resource> one(Connection connection, String where, Object... values) throws SQLException {
        String sql = "select " + COLUMNS + " from " + FROM + " where " + where;
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(resource(row)) : Optional.empty();
        }
    }

    private static Resource resource(ResultSet row) throws SQLException {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put(AuditType.ORGANIZATION, id(row, 2));
        attributes.put(AuditType.ACTION, row.getString(3));
        attributes.put(AuditType.ACTOR, row.getString(4));
        attributes.put(AuditType.TOKEN, row.getString(5));
        attributes.put("tokenName", row.getString(6));
        attributes.put("requestId", row.getString(7));
        attributes.put(AuditType.RESOURCE_TYPE, row.getString(8));
        attributes.put(AuditType.RESOURCE, id(row, 9));
        Json.putRaw(attributes, "counts", row.getString(10));
        attributes.put(AuditType.CREATED_AT, Json.time(Binds.time(row.getObject(11, OffsetDateTime.class))));
        return new Resource(row.getObject(1, UUID.class), attributes, null);
    }

    private static @Nullable String id(ResultSet row, int column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return AuditEntry.NONE.equals(id) ? null : id.toString();
    }
}
