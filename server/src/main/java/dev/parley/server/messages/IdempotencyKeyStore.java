package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.messages.SubmitFound.Kept;
import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.kept.KeptAnswerStore;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was answered to idempotency keys: looked up alone, before work that a first answer makes needless, and forgotten. */
public final class IdempotencyKeyStore {

    private static final String FIND = """
            select key, fingerprint, outcome, message_id, state from idempotency_keys
            where organization_id = ? and key = any (?) and created_at > parley_now() - ? * interval '1 microsecond'
            """;

    private static final String BLANK = """
            update idempotency_keys set state = null where organization_id = ? and message_id = any (?)
            """;

    private IdempotencyKeyStore() {}

    /** Takes messages that are deleted out of what is kept; that they were made stays known. */
    public static void forget(Connection connection, UUID organization, List<UUID> messages) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BLANK)) {
            statement.setObject(1, organization);
            statement.setArray(2, connection.createArrayOf("uuid", messages.toArray()));
            statement.executeUpdate();
        }
        // Answers to requests that made several go whole; the keys of their messages stay.
        KeptAnswerStore.forget(connection, organization, messages);
    }

    /** What was answered to the same keys before, in their order; null for one that is new. */
    static List<@Nullable Kept> find(
            Connection connection, UUID organization, List<Idempotency> asked, Duration keysKept) throws SQLException {
        Map<ByteBuffer, Integer> places = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            places.put(ByteBuffer.wrap(asked.get(i).key()), i);
        }
        List<@Nullable Kept> found = new ArrayList<>(Collections.nCopies(asked.size(), null));
        try (PreparedStatement statement = Binds.all(
                        connection.prepareStatement(FIND),
                        organization,
                        connection.createArrayOf(
                                "bytea", asked.stream().map(Idempotency::key).toArray(byte[][]::new)),
                        keysKept.toNanos() / 1000);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                int place = Objects.requireNonNull(places.get(ByteBuffer.wrap(row.getBytes("key"))));
                found.set(place, kept(row, asked.get(place)));
            }
        }
        return found;
    }

    private static Kept kept(ResultSet row, Idempotency asked) throws SQLException {
        return new Kept(
                Arrays.equals(row.getBytes("fingerprint"), asked.fingerprint()),
                row.getString("outcome"),
                row.getObject("message_id", UUID.class),
                row.getString("state"));
    }
}
