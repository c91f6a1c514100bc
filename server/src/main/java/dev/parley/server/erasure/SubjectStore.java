package dev.parley.server.erasure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what belongs to a person. */
final class SubjectStore {

    private static final String OF_CANDIDATE = """
            with own as (select coalesce(merged_into, id) as id from threads where organization_id = ? and candidate_id = ?)
            select id from own
            union select t.id from threads t join own on t.merged_into = own.id where t.organization_id = ?
            """;

    private static final String OF_THREAD = """
            with asked as (select coalesce(merged_into, id) as id from threads where organization_id = ? and id = ?)
            select id from asked
            union select t.id from threads t join asked on t.merged_into = asked.id where t.organization_id = ?
            """;

    private SubjectStore() {}

    /** The candidate, hidden ones too; no thread can get it from now on. */
    static @Nullable Subject candidate(Connection connection, UUID organization, UUID id, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update candidates "
                + "set deleted_at = coalesce(deleted_at, ?) where organization_id = ? and id = ?")) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setObject(2, organization);
            statement.setObject(3, id);
            if (statement.executeUpdate() == 0) {
                return null;
            }
        }
        return new Subject(organization, id, id, ids(connection, OF_CANDIDATE, organization, id));
    }

    /** The thread, deleted ones too, with those that were merged into it. */
    static @Nullable Subject thread(Connection connection, UUID organization, UUID id) throws SQLException {
        List<UUID> threads = ids(connection, OF_THREAD, organization, id);
        return threads.isEmpty() ? null : new Subject(organization, id, null, threads);
    }

    private static List<UUID> ids(Connection connection, String sql, UUID organization, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, organization);
            statement.setObject(2, id);
            statement.setObject(3, organization);
            List<UUID> ids = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
            }
            return ids;
        }
    }
}
