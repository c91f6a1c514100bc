package dev.parley.server.candidates;

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
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of candidate statuses. */
final class CandidateStatusStore {

    private static final String COLUMNS = "s.id, s.name, s.position, s.version, s.created_at, s.updated_at";

    private static final String INSERT = """
            insert into candidate_statuses (organization_id, id, name, position, version, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict on constraint candidate_statuses_pk do nothing
            """;

    private static final String UPDATE = """
            update candidate_statuses set name = ?, position = ?, version = ?, updated_at = ?
            where organization_id = ? and id = ?
            """;

    // Whoever makes or renames a status holds this, so that they can be counted and names compared.
    private static final String LOCK_ALL = "select from organizations where id = ? for no key update";

    private static final String KEEP =
            "select from candidate_statuses where organization_id = ? and id = ? for key share";

    private static final String LOCK =
            "select " + COLUMNS + " from candidate_statuses s where s.organization_id = ? and s.id = ? for update";

    private static final String NAMED = """
            select id from candidate_statuses
            where organization_id = ? and lower(name) = lower(?) and id is distinct from ?
            """;

    private static final String COUNT =
            "select count(*), coalesce(max(position), 0) from candidate_statuses where organization_id = ?";

    private static final String USED = """
            select count(*) from (
                select from candidates
                where organization_id = ? and candidate_status_id = ? and deleted_at is null limit ?) c
            """;

    private static final String FORGET_HIDDEN = """
            update candidates set candidate_status_id = null
            where organization_id = ? and candidate_status_id = ? and deleted_at is not null
            """;

    private static final String DELETE = "delete from candidate_statuses where organization_id = ? and id = ?";

    private CandidateStatusStore() {}

    /** @param last the highest position of any; 0 without one */
    record Counted(int statuses, int last) {}

    /** False when the id is taken in this organization. */
    static boolean insert(Connection connection, UUID organizationId, CandidateStatus s) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Binds.all(
                    statement,
                    organizationId,
                    s.id(),
                    s.name(),
                    s.position(),
                    s.version(),
                    s.createdAt(),
                    s.updatedAt());
            return statement.executeUpdate() == 1;
        }
    }

    static void update(Connection connection, UUID organizationId, CandidateStatus s) throws SQLException {
        execute(connection, UPDATE, s.name(), s.position(), s.version(), s.updatedAt(), organizationId, s.id());
    }

    /** No other status of the organization is made or renamed until the transaction ends. */
    static void lockAll(Connection connection, UUID organizationId) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(LOCK_ALL), organizationId)) {
            statement.execute();
        }
    }

    /** Whether the organization has it; then it stays until the transaction ends. */
    static boolean exists(Connection connection, UUID organizationId, UUID id) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(KEEP), organizationId, id);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** The status, locked until the transaction ends: no candidate gets it meanwhile. */
    static Optional<CandidateStatus> lock(Connection connection, UUID organizationId, UUID id) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(LOCK), organizationId, id);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    /** Another status of that name, in any letter case. */
    static Optional<UUID> named(Connection connection, UUID organizationId, String name, UUID except)
            throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(NAMED), organizationId, name, except);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    static Counted count(Connection connection, UUID organizationId) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(COUNT), organizationId);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Counted(row.getInt(1), row.getInt(2));
        }
    }

    /** How many candidates that can be seen have it, counted up to {@code most}. */
    static int used(Connection connection, UUID organizationId, UUID id, int most) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(USED), organizationId, id, most);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Removes it, from hidden candidates too. */
    static void delete(Connection connection, UUID organizationId, UUID id) throws SQLException {
        execute(connection, FORGET_HIDDEN, organizationId, id);
        execute(connection, DELETE, organizationId, id);
    }

    static Page list(Connection connection, UUID organizationId, ListQuery query) throws SQLException {
        return Listing.page(
                connection, sql(organizationId), query, row -> read(row).resource());
    }

    static Map<UUID, Resource> byIds(Connection connection, UUID organizationId, Collection<UUID> ids)
            throws SQLException {
        String idColumn = CandidateStatusType.TYPE.idColumn();
        return RelatedRows.byIds(
                connection, sql(organizationId), idColumn, ids, row -> read(row).resource());
    }

    private static ListSql sql(UUID organizationId) {
        return new ListSql(
                CandidateStatusType.TYPE,
                COLUMNS,
                "candidate_statuses s",
                "s.organization_id = ?",
                List.of(organizationId));
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binds.all(statement, values).executeUpdate();
        }
    }

    private static CandidateStatus read(ResultSet row) throws SQLException {
        return new CandidateStatus(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getInt(3),
                row.getInt(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }
}
