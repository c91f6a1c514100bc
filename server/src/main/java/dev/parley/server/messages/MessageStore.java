package dev.parley.server.messages;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.jsonapi.EntryTable;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.RelatedRows;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.search.SearchEntryStore;
import dev.parley.server.search.SearchFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes single messages, and lists them. Deleted ones are not there. Safe for use by many threads at once. */
final class MessageStore {

    private static final String FIND = "select " + MessageRows.COLUMNS
            + " from messages m where m.organization_id = ? and m.id = ? and m.deleted_at is null";

    private static final String LOCK = "select " + MessageRows.COLUMNS + ", t.channel"
            + " from messages m left join threads t on t.organization_id = m.organization_id and t.id = m.thread_id"
            + " where m.organization_id = ? and m.id = ? and m.deleted_at is null for no key update of m";

    private static final String SAVE = """
            update messages set send_by = ?, payload = ?::jsonb, metadata = ?::jsonb, scheduled_at = ?, expires_at = ?,
                version = ?, updated_at = ?
            where organization_id = ? and id = ?
            """;

    private static final String ERASE = """
            update messages set send_by = null, payload = null, metadata = null, marks = null, phase = 'done', deleted_at = ?,
                version = version + 1, updated_at = ?
            where organization_id = ? and id = ?
            """;

    private static final String BLANK_EVENTS = """
            update events set state = null
            where organization_id = ? and resource_id = ? and resource_type = 'messages' and state is not null
            """;

    /**
     * A message under its row's lock.
     *
     * @param channel of its thread; null when the thread is gone
     */
    record Locked(Message message, @Nullable String channel) {}

    private final Database database;
    private final ResourceType type;

    MessageStore(Database database, ResourceType type) {
        this.database = database;
        this.type = type;
    }

    @Nullable
    Message find(UUID organization, UUID id) {
        return database.call(connection -> {
                    try (PreparedStatement statement = keyed(connection, FIND, organization, id);
                            ResultSet row = statement.executeQuery()) {
                        return row.next() ? Optional.of(MessageRows.read(row)) : Optional.<Message>empty();
                    }
                })
                .orElse(null);
    }

    Page list(UUID organization, ListQuery query) {
        return database.call(connection -> {
            ListQuery redirected = MergedThreadStore.redirected(connection, organization, query);
            return SearchFilter.page(connection, organization, sql(organization), redirected, MessageStore::resource);
        });
    }

    Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) {
        return database.call(connection ->
                RelatedRows.byIds(connection, sql(organization), type.idColumn(), ids, MessageStore::resource));
    }

    /** The newest messages of each of these threads. */
    Map<UUID, List<Resource>> newest(UUID organization, Filter thread, Collection<UUID> threads, int most) {
        return database.call(connection ->
                RelatedRows.newest(connection, sql(organization), thread, threads, most, MessageStore::resource));
    }

    private ListSql sql(UUID organization) {
        return sql(type, organization);
    }

    static ListSql sql(ResourceType type, UUID organization) {
        return new ListSql(
                        type,
                        MessageRows.COLUMNS,
                        "messages m",
                        "m.organization_id = ? and m.deleted_at is null",
                        List.of(organization))
                .with(new EntryTable("message_metadata", "message_id", "metadata_entry", organization));
    }

    private static Resource resource(ResultSet row) throws SQLException {
        return MessageView.resource(MessageRows.read(row));
    }

    static @Nullable Locked lock(Connection connection, UUID organization, UUID id) throws SQLException {
        try (PreparedStatement statement = keyed(connection, LOCK, organization, id);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? new Locked(MessageRows.read(row), row.getString("channel")) : null;
        }
    }

    /** Writes what an edit can change. */
    static void save(Connection connection, Message message) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
            statement.setString(1, message.sendBy());
            statement.setString(2, message.payload());
            statement.setString(3, message.metadata());
            time(statement, 4, message.scheduledAt());
            time(statement, 5, message.expiresAt());
            statement.setInt(6, message.version());
            time(statement, 7, message.updatedAt());
            statement.setObject(8, message.organizationId());
            statement.setObject(9, message.id());
            statement.executeUpdate();
        }
    }

    /** Takes its content away here: from its row, from earlier events and from kept answers. Its id stays taken. */
    static void erase(Connection connection, UUID organization, UUID id, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ERASE)) {
            time(statement, 1, at);
            time(statement, 2, at);
            statement.setObject(3, organization);
            statement.setObject(4, id);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = keyed(connection, BLANK_EVENTS, organization, id)) {
            statement.executeUpdate();
        }
        IdempotencyKeyStore.forget(connection, organization, List.of(id));
        SearchEntryStore.forget(connection, organization, MessageView.TYPE, List.of(id));
    }

    private static PreparedStatement keyed(Connection connection, String sql, UUID organization, UUID id)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setObject(1, organization);
        statement.setObject(2, id);
        return statement;
    }

    private static void time(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        statement.setObject(index, time == null ? null : time.atOffset(ZoneOffset.UTC));
    }
}
