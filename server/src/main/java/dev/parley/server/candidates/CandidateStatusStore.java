package dev.parley.server.candidates;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.RelatedRows;
import dev.parley.server.platform.jsonapi.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rows of candidate statuses. */
final class CandidateStatusStore {

    private static final String INSERT = """
            insert into candidate_statuses (organization_id, id, name, position, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?)
            """;

    private static final String LOCK =
            "select from candidate_statuses where organization_id = ? and id = ? for key share";

    private static final String COLUMNS = "s.id, s.name, s.position, s.version, s.created_at, s.updated_at";

    private CandidateStatusStore() {}

    static void insert(Connection connection, UUID organizationId, UUID id, String name, int position, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Binds.all(statement, organizationId, id, name, position, now, now).executeUpdate();
        }
    }

    /** Whether the organization has it; then it stays until the transaction ends. */
    static boolean exists(Connection connection, UUID organizationId, UUID id) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(LOCK), organizationId, id);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    static Page list(Connection connection, UUID organizationId, ListQuery query) throws SQLException {
        return Listing.page(connection, sql(organizationId), query, CandidateStatusStore::resource);
    }

    static Map<UUID, Resource> byIds(Connection connection, UUID organizationId, Collection<UUID> ids)
            throws SQLException {
        String idColumn = CandidateStatusType.TYPE.idColumn();
        return RelatedRows.byIds(connection, sql(organizationId), idColumn, ids, CandidateStatusStore::resource);
    }

    private static ListSql sql(UUID organizationId) {
        return new ListSql(
                CandidateStatusType.TYPE,
                COLUMNS,
                "candidate_statuses s",
                "s.organization_id = ?",
                List.of(organizationId));
    }

    private static Resource resource(ResultSet row) throws SQLException {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put("name", row.getString(2));
        attributes.put("position", row.getInt(3));
        attributes.put("createdAt", time(row, 5));
        attributes.put("updatedAt", time(row, 6));
        ObjectNode meta = Json.MAPPER.createObjectNode().put("version", row.getInt(4));
        return new Resource(row.getObject(1, UUID.class), attributes, meta);
    }

    private static @Nullable String time(ResultSet row, int column) throws SQLException {
        return Json.time(row.getObject(column, OffsetDateTime.class).toInstant());
    }
}
