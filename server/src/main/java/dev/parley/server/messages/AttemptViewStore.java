package dev.parley.server.messages;

import dev.parley.server.platform.db.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the attempts of a message. Safe for use by many threads at once. */
final class AttemptViewStore {

    private static final String FIND = """
            select m.id, a.number, a.outcome, a.reason, a.account_id, a.opened_at, a.closed_at, a.milliseconds,
                   a.provider_message_id, a.provider_code, a.provider_error
            from messages m
            left join attempts a on a.organization_id = m.organization_id and a.message_id = m.id
            where m.organization_id = ? and m.id = ? and m.deleted_at is null
            order by a.number
            """;

    private final Database database;

    AttemptViewStore(Database database) {
        this.database = database;
    }

    /** Oldest first; null when there is no such message. */
    @Nullable
    List<AttemptView> find(UUID organization, UUID message) {
        return database.call(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                        statement.setObject(1, organization);
                        statement.setObject(2, message);
                        try (ResultSet row = statement.executeQuery()) {
                            return read(row);
                        }
                    }
                })
                .orElse(null);
    }

    private static Optional<List<AttemptView>> read(ResultSet row) throws SQLException {
        List<AttemptView> attempts = new ArrayList<>();
        boolean found = false;
        while (row.next()) {
            found = true;
            if (row.getObject("number") != null) {
                attempts.add(attempt(row));
            }
        }
        return found ? Optional.of(attempts) : Optional.empty();
    }

    private static AttemptView attempt(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new AttemptView(
                row.getObject("id", UUID.class),
                row.getInt("number"),
                outcome,
                row.getString("reason"),
                row.getObject("account_id", UUID.class),
                Objects.requireNonNull(MessageRows.time(row, "opened_at")),
                MessageRows.time(row, "closed_at"),
                milliseconds(row, outcome),
                row.getString("provider_message_id"),
                MessageError.ofAttempt(row.getString("provider_code"), row.getString("provider_error")));
    }

    /** Zero where nothing was called, or nobody saw how long it took. */
    private static @Nullable Integer milliseconds(ResultSet row, @Nullable String outcome) throws SQLException {
        Integer taken = row.getObject("milliseconds", Integer.class);
        boolean seen = "accepted".equals(outcome) || "refused".equals(outcome);
        return taken == null || (taken == 0 && !seen) ? null : taken;
    }
}
