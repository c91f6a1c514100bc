package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.Filter;
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

/** The rows of users. */
final class UserStore {

    private static final String COLUMNS =
            "u.id, u.first_name, u.last_name, u.email, u.phone, u.time_zone, u.external_id, "
                    + "u.version, u.created_at, u.updated_at";

    private static final String INSERT = """
            insert into users (organization_id, id, first_name, last_name, email, phone, time_zone, external_id,
                               version, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict on constraint users_pk do nothing
            """;

    private static final String LOCK =
            "select " + COLUMNS + " from users u where u.organization_id = ? and u.id = ? for update";

    private static final String UPDATE = """
            update users
            set first_name = ?, last_name = ?, email = ?, phone = ?, time_zone = ?, external_id = ?, version = ?, updated_at = ?
            where organization_id = ? and id = ?
            """;

    private static final String DELETE = "delete from users where organization_id = ? and id = ?";

    private UserStore() {}

    /** False when the id is taken in this organization. */
    static boolean insert(Connection connection, UUID organizationId, User u) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Binds.all(
                    statement,
                    organizationId,
                    u.id(),
                    u.firstName(),
                    u.lastName(),
                    u.email(),
                    u.phone(),
                    u.timeZone(),
                    u.externalId(),
                    u.version(),
                    u.createdAt(),
                    u.updatedAt());
            return statement.executeUpdate() == 1;
        }
    }

    /** The user, locked until the transaction ends. */
    static Optional<User> lock(Connection connection, UUID organizationId, UUID id) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(LOCK), organizationId, id);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    static void update(Connection connection, UUID organizationId, User u) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            Binds.all(
                            statement,
                            u.firstName(),
                            u.lastName(),
                            u.email(),
                            u.phone(),
                            u.timeZone(),
                            u.externalId(),
                            u.version(),
                            u.updatedAt(),
                            organizationId,
                            u.id())
                    .executeUpdate();
        }
    }

    static void delete(Connection connection, UUID organizationId, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            Binds.all(statement, organizationId, id).executeUpdate();
        }
    }

    static Page list(Connection connection, UUID organizationId, ListQuery query) throws SQLException {
        return Listing.page(
                connection, sql(organizationId), query, row -> read(row).resource());
    }

    static Map<UUID, Resource> byIds(Connection connection, UUID organizationId, Collection<UUID> ids)
            throws SQLException {
        String idColumn = UserType.TYPE.idColumn();
        return RelatedRows.byIds(
                connection, sql(organizationId), idColumn, ids, row -> read(row).resource());
    }

    static Map<UUID, List<Resource>> newest(
            Connection connection, UUID organizationId, Filter filter, Collection<UUID> parents, int most)
            throws SQLException {
        return RelatedRows.newest(
                connection,
                sql(organizationId),
                filter,
                parents,
                most,
                row -> read(row).resource());
    }

    private static ListSql sql(UUID organizationId) {
        return new ListSql(UserType.TYPE, COLUMNS, "users u", "u.organization_id = ?", List.of(organizationId));
    }

    private static User read(ResultSet row) throws SQLException {
        return new User(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getObject(10, OffsetDateTime.class).toInstant());
    }
}
