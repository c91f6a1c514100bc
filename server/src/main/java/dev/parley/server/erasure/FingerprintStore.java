package dev.parley.server.erasure;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stays of erased messages for 30 days: a keyed hash of the provider's id of each. An inbound message that has one
 * of them is dropped, so that a provider's late retry does not bring the person back. Safe for use by many threads at once.
 */
final class FingerprintStore {

    /**
     * How a provider names a message.
     *
     * @param providerMessageId unique within the account; may hold personal data
     */
    record ProviderMessage(UUID organizationId, UUID accountId, String providerMessageId) {
        @Override
        public String toString() {
            return "ProviderMessage[" + accountId + "]";
        }
    }

    private static final String ADD = """
            insert into erased_provider_messages (organization_id, account_id, fingerprint, erased_at)
            select organization_id, account_id, fingerprint, parley_now()
            from unnest(?::uuid[], ?::uuid[], ?::bytea[]) as i (organization_id, account_id, fingerprint)
            order by organization_id, account_id, fingerprint
            on conflict (organization_id, account_id, fingerprint) do update set erased_at = excluded.erased_at
            """;

    private final Function<String, byte[]> fingerprint;

    /** @param fingerprint a keyed hash; the same text has the same hash for as long as the data lives */
    FingerprintStore(Function<String, byte[]> fingerprint) {
        this.fingerprint = fingerprint;
    }

    void add(Connection connection, Set<ProviderMessage> messages) throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            bind(statement, new ArrayList<>(messages));
            statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, List<ProviderMessage> messages) throws SQLException {
        new Arrays(statement)
                .uuids(messages, ProviderMessage::organizationId)
                .uuids(messages, ProviderMessage::accountId)
                .bytes(messages, message -> hash(message.providerMessageId()));
    }

    private byte @Nullable [] hash(String text) {
        return fingerprint.apply(text);
    }
}
