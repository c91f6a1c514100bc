package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Takes a delivery to where its webhook goes now. */
final class MoveStore {

    private static final String MOVE = """
            update webhook_deliveries set endpoint_id = ?, updated_at = parley_now()
            where organization_id = ? and id = ? and endpoint_id = ? and status = 'pending'
            """;

    private static final String MAKE_DUE = """
            update webhook_endpoints set due_at = greatest(parley_now(), open_until) where organization_id = ? and id = ?
            """;

    private MoveStore() {}

    /** Runs in a transaction; how many moved. */
    static int move(Connection connection, EndpointKey from, UUID delivery, UUID to) throws SQLException {
        int moved;
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            moved = Binds.all(statement, to, from.organizationId(), delivery, from.id())
                    .executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(MAKE_DUE)) {
            Binds.all(statement, from.organizationId(), to).executeUpdate();
        }
        return moved;
    }
}
