package dev.parley.server.media;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What messages say of their files. */
final class MediaViewStore {

    private static final String FIND = """
            select payload from messages
            where organization_id = ? and id = ? and deleted_at is null
              and jsonb_typeof(payload -> (payload ->> 'type')) = 'object'
              and payload -> (payload ->> 'type') ?? 'sha256'
            """;

    private MediaViewStore() {}

    /** The payload of a message that names a file; null when there is none. */
    static @Nullable String find(Connection connection, UUID organization, UUID id) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(FIND), organization, id);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
