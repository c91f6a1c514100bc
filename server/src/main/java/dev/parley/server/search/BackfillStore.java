package dev.parley.server.search;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far what was there before is indexed. */
final class BackfillStore {

    private static final String NEXT = """
            select b.organization_id, b.resource_type, b.before_at, b.before_id from search_backfills b
            join organizations o on o.id = b.organization_id and o.deleted_at is null
            order by b.resource_type, b.organization_id limit 1
            """;

    private static final String OLDER = """
            select id, created_at from TABLE
            where organization_id = ? and (created_at, id) < (?, ?) and deleted_at is null
            order by created_at desc, id desc limit ?
            """;

    private BackfillStore() {}

    /**
     * Resources of one type and organization that are still to be looked at.
     *
     * @param beforeAt they are older than this
     * @param beforeId or as old, with a smaller id
     */
    record Left(UUID organizationId, String type, OffsetDateTime beforeAt, UUID beforeId) {
        private String table() {
            return type.equals(Changed.THREADS) ? "threads" : type;
        }
    }

    /** The next ones; null when everything is done. */
    static @Nullable Left next(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? new Left(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getObject(3, OffsetDateTime.class),
                            row.getObject(4, UUID.class))
                    : null;
        }
    }

    /** The newest of those that are left. Remembers how far that was, or that nothing is left. */
    static List<Changed> take(Connection connection, Left left, int most) throws SQLException {
        List<Changed> taken = new ArrayList<>();
        OffsetDateTime at = left.beforeAt();
        UUID id = left.beforeId();
        try (PreparedStatement statement = connection.prepareStatement(OLDER.replace("TABLE", left.table()))) {
            Binds.all(statement, left.organizationId(), at, id, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    id = row.getObject(1, UUID.class);
                    at = row.getObject(2, OffsetDateTime.class);
                    taken.add(new Changed(left.organizationId(), left.type(), id));
                }
            }
        }
        if (taken.size() < most) {
            remember(
                    connection,
                    "delete from search_backfills where organization_id = ? and resource_type = ?",
                    left.organizationId(),
                    left.type());
        } else {
            remember(
                    connection,
                    "update search_backfills set before_at = ?, before_id = ? where organization_id = ? and resource_type = ?",
                    at,
                    id,
                    left.organizationId(),
                    left.type());
        }
        return taken;
    }

    private static void remember(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binds.all(statement, values).executeUpdate();
        }
    }
}
