package dev.parley.server.threads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Takes the content out of the events of what is removed. Their positions stay: readers find a delete without content. */
public final class BlankEventStore {

    private static final String BLANK = """
            update events set event = 'delete', state = null, fields = null
            where organization_id = ? and resource_id = any (?) and state is not null
            """;

    private BlankEventStore() {}

    /** Blanks every event of these resources; how many. */
    public static int blank(Connection connection, UUID organization, List<UUID> resources) throws SQLException {
        if (resources.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(BLANK)) {
            statement.setObject(1, organization);
            statement.setArray(2, connection.createArrayOf("uuid", resources.toArray()));
            return statement.executeUpdate();
        }
    }
}
