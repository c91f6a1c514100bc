package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.messages.SubmitFound.Kept;
import dev.parley.server.platform.db.Arrays;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What callers name their messages by: looks for ids that they chose, and for idempotency keys. */
final class SubmitNameStore {

    // Its snapshot is taken when the threads' places are locked: what was committed before is seen.
    static final String LOOK = """
            select taken.id is not null as id_taken, k.fingerprint, k.outcome, k.message_id, k.state
            from (
                select unnest(?::int8[]) as ord, unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as chosen_id,
                       unnest(?::bytea[]) as key
            ) i
            left join messages taken on taken.organization_id = i.organization_id and taken.id = i.chosen_id
            left join idempotency_keys k on k.organization_id = i.organization_id and k.key = i.key
                 and k.created_at > (select parley_now()) - ?::int8 * interval '1 microsecond'
            order by i.ord
            """;

    private SubmitNameStore() {}

    /**
     * What was found of one message.
     *
     * @param kept what was answered to the same key before; null when it is new, or has none
     * @param idTaken whether a message has the id that the caller chose
     */
    record Named(@Nullable Kept kept, boolean idTaken) {

        static final Named NONE = new Named(null, false);
    }

    static boolean hasNames(List<SubmitCommand> commands) {
        return commands.stream().anyMatch(command -> command.chosenId() || command.idempotency() != null);
    }

    static void bind(Arrays arrays, List<SubmitCommand> commands, Duration keysKept) throws SQLException {
        arrays.places(commands)
                .uuids(commands, SubmitCommand::organization)
                .uuids(
                        commands,
                        command -> command.chosenId() ? command.message().id() : null)
                .bytes(commands, command -> key(command.idempotency()))
                .value(keysKept.toNanos() / 1000);
    }

    private static byte @Nullable [] key(@Nullable Idempotency idempotency) {
        return idempotency == null ? null : idempotency.key();
    }

    /** One for each command, in order. */
    static List<Named> read(PreparedStatement statement, List<SubmitCommand> commands) throws SQLException {
        List<Named> names = new ArrayList<>(commands.size());
        try (ResultSet row = statement.getResultSet()) {
            for (SubmitCommand command : commands) {
                row.next();
                names.add(new Named(kept(row, command.idempotency()), row.getBoolean("id_taken")));
            }
        }
        return names;
    }

    private static @Nullable Kept kept(ResultSet row, @Nullable Idempotency idempotency) throws SQLException {
        byte[] fingerprint = idempotency == null ? null : row.getBytes("fingerprint");
        if (idempotency == null || fingerprint == null) {
            return null;
        }
        return new Kept(
                java.util.Arrays.equals(fingerprint, idempotency.fingerprint()),
                row.getString("outcome"),
                row.getObject("message_id", UUID.class),
                row.getString("state"));
    }
}
