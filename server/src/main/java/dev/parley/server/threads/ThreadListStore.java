package dev.parley.server.threads;

import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.RelatedRows;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.search.SearchFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads threads as they are shown, many at once. */
final class ThreadListStore {

    private static final String NAMED =
            "join threads n on n.organization_id = t.organization_id and coalesce(n.merged_into, n.id) = t.id";

    private ThreadListStore() {}

    static Page page(Connection connection, UUID organization, ListQuery query) throws SQLException {
        ListSql sql = new ListSql(
                MessageThreadResource.TYPE,
                ThreadStore.COLUMNS,
                ThreadStore.FROM,
                "t.organization_id = ? and t.deleted_at is null and t.merged_into is null",
                List.of(organization));
        return SearchFilter.page(
                connection, organization, sql, query, row -> MessageThreadResource.resource(ThreadStore.thread(row)));
    }

    /** Threads by id; a thread that was merged into another is found under both ids. */
    static Map<UUID, Resource> byIds(Connection connection, UUID organization, Collection<UUID> ids)
            throws SQLException {
        ListSql sql = new ListSql(
                MessageThreadResource.TYPE,
                ThreadStore.COLUMNS,
                ThreadStore.FROM + NAMED,
                "t.organization_id = ? and t.deleted_at is null and t.merged_into is null",
                List.of(organization));
        return RelatedRows.byIds(
                connection, sql, "n.id", ids, row -> MessageThreadResource.resource(ThreadStore.thread(row)));
    }
}
