package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** The rows of candidate statuses. */
final class CandidateStatusStore {

    private static final String INSERT = """
            insert into candidate_statuses (organization_id, id, name, position, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?)
            """;

    private static final String LOCK =
            "select from candidate_statuses where organization_id = ? and id = ? for key share";

    private CandidateStatusStore() {}

    static void insert(Connection connection, UUID organizationId, UUID id, String name, int position, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Binds.all(statement, organizationId, id, name, position, now, now).executeUpdate();
        }
    }

    /** Whether the organization has it; then it stays until the transaction ends. */
    static boolean exists(Connection connection, UUID organizationId, UUID id) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(LOCK), organizationId, id);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
