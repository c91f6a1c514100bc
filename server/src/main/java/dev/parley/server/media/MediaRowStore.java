package dev.parley.server.media;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of stored contents. */
final class MediaRowStore {

    private static final String KEEP = """
            update media_files set touched_at = parley_now(), check_at = parley_now() + interval '10 minutes'
            where organization_id = ? and sha256 = ?
            """;

    private static final String TOUCH = """
            insert into media_files (organization_id, sha256, size, touched_at, check_at)
            values (?, ?, ?, parley_now(), parley_now() + interval '10 minutes')
            on conflict (organization_id, sha256) do update set touched_at = excluded.touched_at, check_at = excluded.check_at
            """;

    private static final String ADOPT = """
            insert into media_files (organization_id, sha256, size, touched_at, check_at)
            values (?, ?, ?, parley_now(), parley_now()) on conflict (organization_id, sha256) do nothing
            """;

    private static final String DUE = """
            select f.organization_id, f.sha256,
                   exists (select from messages m where m.organization_id = f.organization_id
                             and m.payload -> (m.payload ->> 'type') ->> 'sha256' = f.sha256) as named
            from media_files f where f.check_at <= parley_now()
            order by f.check_at limit ? for update of f skip locked
            """;

    private static final String PLACE = """
            with made as (insert into media_store (id) values (?) on conflict (only_row) do nothing returning id)
            select id from made union all select id from media_store limit 1
            """;

    /**
     * A content whose time to be looked at has come.
     *
     * @param named whether a message names it
     */
    record Due(UUID organization, String sha256, boolean named) {}

    private MediaRowStore() {}

    /** Keeps a content that is there from being removed for a while. */
    static void keep(Connection connection, UUID organization, String sha256) throws SQLException {
        update(connection, KEEP, organization, sha256);
    }

    /** Says that a content is there, and is not to be removed for a while. */
    static void touch(Connection connection, UUID organization, String sha256, long size) throws SQLException {
        update(connection, TOUCH, organization, sha256, size);
    }

    /** Gives a content that was found without a row one that is due. */
    static void adopt(Connection connection, UUID organization, String sha256, long size) throws SQLException {
        update(connection, ADOPT, organization, sha256, size);
    }

    /** Some that are to be looked at, locked until the transaction ends. */
    static List<Due> due(Connection connection, int most) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(DUE), most);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                due.add(new Due(row.getObject(1, UUID.class), row.getString(2), row.getBoolean(3)));
            }
        }
        return due;
    }

    /** A message names it: it stays until one stops doing so. */
    static void stays(Connection connection, Due due) throws SQLException {
        update(
                connection,
                "update media_files set check_at = null where organization_id = ? and sha256 = ?",
                due.organization(),
                due.sha256());
    }

    /** It is gone, also from what providers are known to have. */
    static void remove(Connection connection, Due due) throws SQLException {
        for (String table : List.of("media_files", "media_uploads")) {
            update(
                    connection,
                    "delete from " + table + " where organization_id = ? and sha256 = ?",
                    due.organization(),
                    due.sha256());
        }
    }

    /** Removes ids that providers have forgotten. */
    static void removeOldUploads(Connection connection) throws SQLException {
        update(connection, "delete from media_uploads where expires_at <= parley_now()");
    }

    /** The place of this database's files: the one given when there was none yet. */
    static UUID place(Connection connection, UUID given) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(PLACE), given);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                // Another node wrote it at this very moment; the next run of this transaction sees it.
                throw new SQLException("the media store was named by another node this moment", "40001");
            }
            return row.getObject(1, UUID.class);
        }
    }

    private static void update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), values)) {
            statement.executeUpdate();
        }
    }
}
