package dev.parley.server.webhooks.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what organizations' webhooks are signed with. */
final class SecretStore {

    private static final String READ = """
            select id, webhook_secret, signing_secret,
                case when previous_signing_secret_until > (select parley_now()) then previous_signing_secret end as previous
            from organizations where id = any (?) and deleted_at is null
            """;

    private SecretStore() {}

    /**
     * An organization's secrets, sealed.
     *
     * @param plain sent as it is; null without one
     * @param previous signs along; null once its time is over
     */
    record Sealed(byte @Nullable [] plain, byte[] signing, byte @Nullable [] previous) {

        @Override
        public String toString() {
            return "Sealed";
        }
    }

    /** By organization; those that are deleted have none. */
    static Map<UUID, Sealed> read(Connection connection, Collection<UUID> organizations) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setArray(1, connection.createArrayOf("uuid", organizations.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                Map<UUID, Sealed> found = new HashMap<>();
                while (row.next()) {
                    found.put(
                            row.getObject(1, UUID.class),
                            new Sealed(row.getBytes(2), row.getBytes(3), row.getBytes(4)));
                }
                return found;
            }
        }
    }
}
