package dev.parley.server.media;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How many bytes of files organizations have stored. */
public final class MediaSizeStore {

    private static final String SIZE = """
            select organization_id, sum(size) from media_files where organization_id = any (?) group by organization_id
            """;

    private MediaSizeStore() {}

    /** The bytes of the files of each of these organizations, each content once; one without files is left out. */
    public static Map<UUID, Long> stored(Connection connection, Collection<UUID> organizations) throws SQLException {
        Map<UUID, Long> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
            statement.setArray(1, connection.createArrayOf("uuid", organizations.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1, UUID.class), row.getLong(2));
                }
            }
        }
        return found;
    }
}
