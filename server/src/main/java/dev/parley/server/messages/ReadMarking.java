package dev.parley.server.messages;

import dev.parley.connector.Capabilities.Feature;
import dev.parley.server.conversations.Conversations;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Marks what candidates wrote as read. That the provider is to be told is stored with it, and done later by dispatch: a crash
 * loses neither without the other. Safe for use by many threads at once.
 */
final class ReadMarking {

    private static final int CHUNK = 500;

    private final Database database;
    private final Map<String, ChannelRule> rules;
    private final InstantSource clock;

    ReadMarking(Database database, List<ChannelRule> rules, InstantSource clock) {
        this.database = database;
        this.rules = rules.stream().collect(Collectors.toMap(ChannelRule::channel, Function.identity()));
        this.clock = clock;
    }

    /** Marks everything that is unread in a thread; how many messages, or null when there is no such thread. */
    @Nullable
    Integer mark(UUID organization, UUID thread) {
        int marked = 0;
        while (true) {
            Integer chunk = database.transact(connection -> chunk(connection, organization, thread));
            if (chunk < 0) {
                return marked == 0 ? null : Integer.valueOf(marked);
            }
            marked += chunk;
            if (chunk < CHUNK) {
                return marked;
            }
        }
    }

    private int chunk(Connection connection, UUID organization, UUID id) throws SQLException {
        ReadStore.Place thread = ReadStore.thread(connection, organization, id);
        if (thread == null) {
            return -1;
        }
        List<Message> unread = ReadStore.unread(connection, organization, thread.id(), CHUNK);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (unread.isEmpty()) {
            Conversations.read(connection, organization, thread.id(), now);
            return 0;
        }
        MessageChangeStore.write(
                connection,
                unread.stream()
                        .map(message -> MessageChange.delivery(message, read(message, now), Phase.DONE, now))
                        .toList());
        ChannelRule rule = rules.get(thread.channel());
        if (rule != null && rule.can().features().contains(Feature.READ_RECEIPT)) {
            ReadStore.owe(
                    connection,
                    organization,
                    thread.id(),
                    unread.stream().map(Message::id).toList());
        }
        Conversations.read(connection, organization, thread.id(), now);
        return unread.size();
    }

    private static Delivery read(Message message, Instant at) {
        return new Delivery(
                DeliveryStatus.READ, List.of(), message.delivery().times().withRead(at), null);
    }
}
