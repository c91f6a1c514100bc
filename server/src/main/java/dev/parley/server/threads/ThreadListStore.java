package dev.parley.server.threads;

import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Lists of threads. */
final class ThreadListStore {

    private ThreadListStore() {}

    static Page page(Connection connection, UUID organization, ListQuery query) throws SQLException {
        ListSql sql = new ListSql(
                MessageThreadResource.TYPE,
                ThreadStore.COLUMNS,
                ThreadStore.FROM,
                "t.organization_id = ? and t.deleted_at is null and t.merged_into is null",
                List.of(organization));
        return Listing.page(connection, sql, query, row -> MessageThreadResource.resource(ThreadStore.thread(row)));
    }
}
