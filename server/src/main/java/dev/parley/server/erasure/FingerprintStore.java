package dev.parley.server.erasure;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stays of erased messages for 30 days: a keyed hash of the provider's id of each. An inbound message or a status that
 * has one of them is dropped, so that a provider's late retry does not bring the person back. And of an erased person for a
 * day: a keyed hash of each value that named them, with the last update that was received before. Safe for use by many threads
 * at once.
 */
public final class FingerprintStore {

    private static final String ADD = """
            insert into erased_provider_messages (organization_id, account_id, fingerprint, erased_at)
            select organization_id, account_id, fingerprint, parley_now()
            from unnest(?::uuid[], ?::uuid[], ?::bytea[]) as i (organization_id, account_id, fingerprint)
            order by organization_id, account_id, fingerprint
            on conflict (organization_id, account_id, fingerprint) do update set erased_at = excluded.erased_at
            """;

    private static final String ERASED = """
            select i.ord from unnest(?::uuid[], ?::uuid[], ?::bytea[]) with ordinality
                as i (organization_id, account_id, fingerprint, ord)
            where exists (select from erased_provider_messages e where e.organization_id = i.organization_id
                            and e.account_id = i.account_id and e.fingerprint = i.fingerprint)
            """;

    // Ids are given away in the order in which updates are received, also to those that are not committed yet.
    private static final String ADD_VALUES = """
            insert into erased_addresses (organization_id, fingerprint, last_update, erased_at)
            select ?, i.fingerprint, s.last_update, parley_now()
            from (select case when is_called then last_value else 0 end as last_update from callback_updates_id_seq) s,
                 unnest(?::bytea[]) as i (fingerprint)
            order by i.fingerprint
            on conflict (organization_id, fingerprint)
            do update set last_update = excluded.last_update, erased_at = excluded.erased_at
            """;

    private static final String BEFORE = """
            select i.ord from unnest(?::uuid[], ?::bytea[], ?::int8[]) with ordinality
                as i (organization_id, fingerprint, update_id, ord)
            where exists (select from erased_addresses e where e.organization_id = i.organization_id
                            and e.fingerprint = i.fingerprint and e.last_update >= i.update_id)
            """;

    private final Function<String, byte[]> fingerprint;

    /** @param fingerprint a keyed hash; the same text has the same hash for as long as the data lives */
    public FingerprintStore(Function<String, byte[]> fingerprint) {
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

    /** Which of these messages were erased. */
    public Set<ProviderMessage> erased(Connection connection, Collection<ProviderMessage> messages)
            throws SQLException {
        Set<ProviderMessage> erased = new HashSet<>();
        if (messages.isEmpty()) {
            return erased;
        }
        List<ProviderMessage> asked = List.copyOf(messages);
        try (PreparedStatement statement = connection.prepareStatement(ERASED)) {
            bind(statement, asked);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    erased.add(asked.get(row.getInt(1) - 1));
                }
            }
        }
        return erased;
    }

    /** These values are an erased person's: what was received by now and names one of them is not to be applied any more. */
    void addValues(Connection connection, UUID organization, Set<String> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD_VALUES)) {
            new Arrays(statement).value(organization).bytes(List.copyOf(values), this::hash);
            statement.executeUpdate();
        }
    }

    /** Which of these updates were received before the person whom they name was erased. */
    public Set<NamedBy> receivedBefore(Connection connection, Collection<NamedBy> names) throws SQLException {
        Set<NamedBy> before = new HashSet<>();
        if (names.isEmpty()) {
            return before;
        }
        List<NamedBy> asked = List.copyOf(names);
        try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
            new Arrays(statement)
                    .uuids(asked, NamedBy::organizationId)
                    .bytes(asked, one -> hash(one.value()))
                    .longs(asked, NamedBy::update);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    before.add(asked.get(row.getInt(1) - 1));
                }
            }
        }
        return before;
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
