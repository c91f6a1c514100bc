package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.RelatedRows;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.search.SearchEntryStore;
import dev.parley.server.search.SearchFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of candidates. Hidden ones are not seen here. */
final class CandidateStore {

    private static final String COLUMNS = "c.id, c.phone, c.first_name, c.last_name, c.email, c.postal_code, "
            + "c.candidate_status_id, c.version, c.created_at, c.updated_at, c.deleted_at";

    private static final String INSERT = """
            insert into candidates (organization_id, id, phone, first_name, last_name, email, postal_code,
                                    candidate_status_id, version, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String FIND = "select " + COLUMNS
            + " from candidates c where c.organization_id = ? and c.id = ? and c.deleted_at is null";

    private static final String UPDATE = """
            update candidates
            set phone = ?, first_name = ?, last_name = ?, email = ?, postal_code = ?, candidate_status_id = ?,
                version = ?, updated_at = ?
            where organization_id = ? and id = ?
            """;

    private static final String HIDE = """
            update candidates set deleted_at = ?, updated_at = ?, version = version + 1
            where organization_id = ? and id = ? and deleted_at is null
            """;

    private CandidateStore() {}

    /** False when the id is taken in this organization. */
    static boolean insert(Connection connection, UUID organizationId, Candidate c) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Binds.all(
                    statement,
                    organizationId,
                    c.id(),
                    c.phone(),
                    c.firstName(),
                    c.lastName(),
                    c.email(),
                    c.postalCode(),
                    c.statusId(),
                    c.version(),
                    c.createdAt(),
                    c.updatedAt());
            return statement.executeUpdate() == 1;
        }
    }

    static Optional<Candidate> find(Connection connection, UUID organizationId, UUID id) throws SQLException {
        return find(connection, FIND, organizationId, id);
    }

    /** The same, locked until the transaction ends. */
    static Optional<Candidate> lock(Connection connection, UUID organizationId, UUID id) throws SQLException {
        return find(connection, FIND + " for update", organizationId, id);
    }

    private static Optional<Candidate> find(Connection connection, String sql, UUID organizationId, UUID id)
            throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), organizationId, id);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    static void update(Connection connection, UUID organizationId, Candidate c) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            Binds.all(
                            statement,
                            c.phone(),
                            c.firstName(),
                            c.lastName(),
                            c.email(),
                            c.postalCode(),
                            c.statusId(),
                            c.version(),
                            c.updatedAt(),
                            organizationId,
                            c.id())
                    .executeUpdate();
        }
    }

    /** False when there is none that isn't hidden. */
    static boolean hide(Connection connection, UUID organizationId, UUID id, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HIDE)) {
            SearchEntryStore.forget(connection, organizationId, CandidateType.TYPE.type(), List.of(id));
            return Binds.all(statement, now, now, organizationId, id).executeUpdate() == 1;
        }
    }

    static Page list(Connection connection, UUID organizationId, ListQuery query) throws SQLException {
        return SearchFilter.page(
                connection, organizationId, sql(organizationId), query, row -> CandidateView.resource(read(row)));
    }

    static Map<UUID, Resource> byIds(Connection connection, UUID organizationId, Collection<UUID> ids)
            throws SQLException {
        String idColumn = CandidateType.TYPE.idColumn();
        return RelatedRows.byIds(
                connection, sql(organizationId), idColumn, ids, row -> CandidateView.resource(read(row)));
    }

    static Map<UUID, List<Resource>> newest(
            Connection connection, UUID organizationId, Filter filter, Collection<UUID> parents, int most)
            throws SQLException {
        return RelatedRows.newest(
                connection, sql(organizationId), filter, parents, most, row -> CandidateView.resource(read(row)));
    }

    private static ListSql sql(UUID organizationId) {
        String where = "c.organization_id = ? and c.deleted_at is null";
        return new ListSql(CandidateType.TYPE, COLUMNS, "candidates c", where, List.of(organizationId));
    }

    private static Candidate read(ResultSet row) throws SQLException {
        return new Candidate(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getObject(7, UUID.class),
                row.getInt(8),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                Binds.time(row.getObject(11, OffsetDateTime.class)));
    }
}
