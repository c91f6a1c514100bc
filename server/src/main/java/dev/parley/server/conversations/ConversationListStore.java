package dev.parley.server.conversations;

import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.RelatedRows;
import dev.parley.server.platform.jsonapi.Resource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Reads conversations as they are shown, many at once. */
final class ConversationListStore {

    private ConversationListStore() {}

    static Page page(Connection connection, UUID organization, ListQuery query) throws SQLException {
        return Listing.page(
                connection,
                sql(organization),
                redirected(connection, organization, query),
                ConversationListStore::resource);
    }

    static Map<UUID, Resource> byIds(Connection connection, UUID organization, Collection<UUID> ids)
            throws SQLException {
        String idColumn = ConversationType.TYPE.idColumn();
        return RelatedRows.byIds(connection, sql(organization), idColumn, ids, ConversationListStore::resource);
    }

    /** A thread that was merged into another is found under both ids. */
    private static ListQuery redirected(Connection connection, UUID organization, ListQuery query) throws SQLException {
        return query.replacing(ConversationType.THREAD, criterion -> {
            List<Object> threads = new ArrayList<>();
            for (Object id : criterion.values()) {
                threads.add(
                        Objects.requireNonNullElse(ConversationStore.thread(connection, organization, (UUID) id), id));
            }
            return new ListQuery.Criterion(criterion.filter(), criterion.operator(), threads);
        });
    }

    private static ListSql sql(UUID organization) {
        return new ListSql(
                ConversationType.TYPE,
                ConversationStore.COLUMNS,
                "conversations c",
                "c.organization_id = ?",
                List.of(organization));
    }

    private static Resource resource(ResultSet row) throws SQLException {
        return ConversationStore.read(row).resource();
    }
}
