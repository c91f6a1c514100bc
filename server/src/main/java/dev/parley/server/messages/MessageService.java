package dev.parley.server.messages;

import dev.parley.server.conversations.Conversations;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.payloads.Payload;
import dev.parley.server.payloads.Preparation.Prepared;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.jsonapi.Precondition;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes and deletes messages. Locks the message's row alone, which dispatch and callbacks lock too: whoever comes first
 * decides whether it is handed over. Safe for use by many threads at once.
 */
final class MessageService {

    private final Database database;
    private final Map<String, ChannelRule> rules;
    private final Duration expiry;
    private final InstantSource clock;

    MessageService(Database database, List<ChannelRule> rules, Duration expiry, InstantSource clock) {
        this.database = database;
        this.rules = rules.stream().collect(Collectors.toMap(ChannelRule::channel, Function.identity()));
        this.expiry = expiry;
        this.clock = clock;
    }

    /** @param demanded of the state that is changed, looked at under the lock */
    WriteResult update(UUID organization, UUID id, Write write, Precondition demanded) {
        Payload payload = write.value(MessageType.PAYLOAD, Payload.class);
        if (payload == null || payload.preparation() == null) {
            return database.transact(connection -> update(connection, organization, id, write, payload, demanded));
        }
        Optional<UUID> thread =
                database.transact(connection -> Optional.ofNullable(MessageStore.lock(connection, organization, id))
                        .map(found -> found.message().threadId()));
        if (thread.isEmpty()) {
            return new WriteResult.Missing();
        }
        return switch (payload.preparation().prepare(organization, thread.get())) {
            case Prepared.Not(WriteResult answer) -> answer;
            case Prepared.Ready(Payload ready) ->
                database.transact(connection -> update(connection, organization, id, write, ready, demanded));
        };
    }

    private WriteResult update(
            Connection connection,
            UUID organization,
            UUID id,
            Write write,
            @Nullable Payload payload,
            Precondition demanded)
            throws SQLException {
        MessageStore.Locked locked = MessageStore.lock(connection, organization, id);
        if (locked == null) {
            return new WriteResult.Missing();
        }
        if (demanded.demands() && !demanded.holds(MessageView.resource(locked.message()))) {
            return new WriteResult.Stale();
        }
        MessageEdit edit = new MessageEdit(locked.message(), write, payload, rule(locked.channel()), expiry, now());
        if (payload != null && edit.problems().isEmpty() && edit.fields().contains(MessageType.PAYLOAD)) {
            edit.problems()
                    .addAll(References.problems(
                            connection, locked.message(), payload.fit().references()));
        }
        if (!edit.problems().isEmpty()) {
            return new WriteResult.Refused(edit.problems());
        }
        if (edit.fields().isEmpty()) {
            return new WriteResult.Updated(MessageView.resource(locked.message()));
        }
        Message after = edit.after();
        MessageStore.save(connection, after);
        EventLog.append(
                connection, MessageView.event(after, Event.Kind.UPDATE, edit.fields(), MessageView.state(after)));
        return new WriteResult.Updated(MessageView.resource(after));
    }

    /** Cancels a message that was not handed over; of any other, takes the content away here. */
    WriteResult delete(UUID organization, UUID id) {
        return database.transact(connection -> delete(connection, organization, id));
    }

    private WriteResult delete(Connection connection, UUID organization, UUID id) throws SQLException {
        MessageStore.Locked locked = MessageStore.lock(connection, organization, id);
        if (locked == null) {
            return new WriteResult.Missing();
        }
        Instant at = now();
        MessageStore.erase(connection, organization, id, at);
        Message gone = locked.message().edited(null, null, null, null, null, at);
        EventLog.append(connection, MessageView.event(gone, Event.Kind.DELETE, List.of(), null));
        if (locked.message().origin() == Origin.INBOUND
                && locked.message().delivery().status() == DeliveryStatus.DELIVERED) {
            Conversations.lost(connection, organization, locked.message().threadId(), at);
        }
        return new WriteResult.Deleted();
    }

    private @Nullable ChannelRule rule(@Nullable String channel) {
        return channel == null ? null : rules.get(channel);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
