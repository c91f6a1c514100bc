package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.messages.SubmitFound.Kept;
import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks an idempotency key up alone, before work that its first answer makes needless. */
final class KeptAnswerStore {

    private static final String FIND = """
            select fingerprint, outcome, message_id, state from idempotency_keys
            where organization_id = ? and key = ? and created_at > parley_now() - ? * interval '1 microsecond'
            """;

    private KeptAnswerStore() {}

    /** What was answered to the same key before; null when it is new. */
    static @Nullable Kept find(Connection connection, UUID organization, Idempotency asked, Duration keysKept)
            throws SQLException {
        try (PreparedStatement statement = Binds.all(
                        connection.prepareStatement(FIND), organization, asked.key(), keysKept.toNanos() / 1000);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? kept(row, asked) : null;
        }
    }

    private static Kept kept(ResultSet row, Idempotency asked) throws SQLException {
        return new Kept(
                Arrays.equals(row.getBytes("fingerprint"), asked.fingerprint()),
                row.getString("outcome"),
                row.getObject("message_id", UUID.class),
                row.getString("state"));
    }
}
