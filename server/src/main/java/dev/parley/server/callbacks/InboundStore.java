package dev.parley.server.callbacks;

import dev.parley.server.callbacks.WantedFileStore.WantedFile;
import dev.parley.server.erasure.ProviderMessage;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageView;
import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of messages that candidates wrote. */
final class InboundStore {

    /**
     * A message to be stored.
     *
     * @param file the provider's id of its file; null for none
     */
    record Incoming(
            ProviderMessage key, Message message, @Nullable String file) {}

    private static final String KNOWN = """
            select i.organization_id, i.account_id, i.provider_message_id
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as account_id,
                       unnest(?::text[]) as provider_message_id
            ) i
            where exists (select from messages m where m.organization_id = i.organization_id and m.account_id = i.account_id
                            and m.provider_message_id = i.provider_message_id and m.origin = 'inbound')
            """;

    private static final String CONTEXT = """
            select i.organization_id, i.account_id, i.provider_message_id, coalesce(a.message_id, m.id) as message_id
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as account_id,
                       unnest(?::text[]) as provider_message_id
            ) i
            left join attempts a on a.organization_id = i.organization_id and a.account_id = i.account_id
                and a.provider_message_id = i.provider_message_id
            left join messages m on m.organization_id = i.organization_id and m.account_id = i.account_id
                and m.provider_message_id = i.provider_message_id and m.origin = 'inbound'
            """;

    private static final String INSERT = """
            insert into messages (organization_id, id, thread_id, account_id, origin, payload, delivery_status, phase, delivered_at,
                                  provider_message_id, created_at, updated_at)
            select i.organization_id, i.id, i.thread_id, i.account_id, 'inbound', i.payload::jsonb, 'delivered', 'done',
                   i.delivered_at::timestamptz, i.provider_message_id, i.created_at::timestamptz, i.created_at::timestamptz
            from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[]) with ordinality
                 as i (organization_id, id, thread_id, account_id, payload, delivered_at, provider_message_id, created_at, ord)
            order by i.ord
            on conflict (organization_id, account_id, provider_message_id) where origin = 'inbound' do nothing
            returning id
            """;

    private InboundStore() {}

    /** Which of these were stored before. */
    static Set<ProviderMessage> known(Connection connection, List<ProviderMessage> keys) throws SQLException {
        Set<ProviderMessage> known = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            new Arrays(statement)
                    .uuids(keys, ProviderMessage::organizationId)
                    .uuids(keys, ProviderMessage::accountId)
                    .texts(keys, ProviderMessage::providerMessageId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    known.add(key(row));
                }
            }
        }
        return known;
    }

    /** Our own ids of messages that are named by their provider ids, where they are ours. */
    static Map<ProviderMessage, UUID> ids(Connection connection, List<ProviderMessage> keys) throws SQLException {
        Map<ProviderMessage, UUID> ids = new HashMap<>();
        if (keys.isEmpty()) {
            return ids;
        }
        try (PreparedStatement statement = connection.prepareStatement(CONTEXT)) {
            new Arrays(statement)
                    .uuids(keys, ProviderMessage::organizationId)
                    .uuids(keys, ProviderMessage::accountId)
                    .texts(keys, ProviderMessage::providerMessageId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject("message_id", UUID.class);
                    if (id != null) {
                        ids.put(key(row), id);
                    }
                }
            }
        }
        return ids;
    }

    private static ProviderMessage key(ResultSet row) throws SQLException {
        return new ProviderMessage(
                row.getObject("organization_id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("provider_message_id"));
    }

    /** Stores those that are new and tells of them; which of the messages those are. */
    static Set<UUID> insert(Connection connection, List<Incoming> incoming) throws SQLException {
        Set<UUID> inserted = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Arrays(statement)
                    .uuids(incoming, row -> row.message().organizationId())
                    .uuids(incoming, row -> row.message().id())
                    .uuids(incoming, row -> row.message().threadId())
                    .uuids(incoming, row -> row.key().accountId())
                    .texts(incoming, row -> row.message().payload())
                    .times(incoming, row -> row.message().delivery().times().delivered())
                    .texts(incoming, row -> row.key().providerMessageId())
                    .times(incoming, row -> row.message().createdAt());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    inserted.add(row.getObject(1, UUID.class));
                }
            }
        }
        List<Event> events = new ArrayList<>();
        for (Incoming row : incoming) {
            if (inserted.contains(row.message().id())) {
                Message message = row.message();
                events.add(MessageView.event(message, Event.Kind.CREATE, List.of(), MessageView.state(message)));
            }
        }
        EventLog.append(connection, events);
        WantedFileStore.want(
                connection,
                incoming.stream()
                        .filter(row -> inserted.contains(row.message().id()))
                        .flatMap(row -> wanted(row).stream())
                        .toList());
        return inserted;
    }

    private static Optional<WantedFile> wanted(Incoming row) {
        Message message = row.message();
        return Optional.ofNullable(row.file())
                .map(file -> new WantedFile(
                        message.organizationId(),
                        message.id(),
                        row.key().accountId(),
                        file,
                        Objects.requireNonNull(message.delivery().times().delivered())));
    }
}
