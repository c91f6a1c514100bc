package dev.parley.server.webhooks;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.RelatedRows;
import dev.parley.server.platform.jsonapi.Resource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads deliveries as callers see them. */
final class WebhookLogStore {

    private static final String COLUMNS = "d.id, d.webhook_id, d.event, d.resource_type, d.resource_id, d.status, "
            + "d.attempts, d.due_at, d.created_at, d.updated_at";

    private WebhookLogStore() {}

    static Page list(Connection connection, UUID organization, ListQuery query) throws SQLException {
        return Listing.page(connection, sql(organization), query, WebhookLogStore::resource);
    }

    static Map<UUID, Resource> byIds(Connection connection, UUID organization, Collection<UUID> ids)
            throws SQLException {
        String idColumn = WebhookLogType.TYPE.idColumn();
        return RelatedRows.byIds(connection, sql(organization), idColumn, ids, WebhookLogStore::resource);
    }

    /** The newest of each of these webhooks. */
    static Map<UUID, List<Resource>> newest(
            Connection connection, UUID organization, Filter webhook, Collection<UUID> webhooks, int most)
            throws SQLException {
        return RelatedRows.newest(connection, sql(organization), webhook, webhooks, most, WebhookLogStore::resource);
    }

    private static ListSql sql(UUID organization) {
        return new ListSql(
                WebhookLogType.TYPE, COLUMNS, "webhook_deliveries d", "d.organization_id = ?", List.of(organization));
    }

    private static Resource resource(ResultSet row) throws SQLException {
        String status = row.getString(6);
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put(WebhookLogType.WEBHOOK, row.getString(2));
        attributes.put("event", row.getString(3));
        attributes.put("resourceType", row.getString(4));
        attributes.put("resourceId", row.getString(5));
        attributes.put("status", status);
        Json.putRaw(attributes, "attempts", Objects.requireNonNullElse(row.getString(7), "[]"));
        attributes.put("nextAttemptAt", status.equals(WebhookLogType.PENDING) ? time(row, 8) : null);
        attributes.put("createdAt", time(row, 9));
        attributes.put("updatedAt", time(row, 10));
        return new Resource(row.getObject(1, UUID.class), attributes, null);
    }

    private static @Nullable String time(ResultSet row, int column) throws SQLException {
        return Json.time(Binds.time(row.getObject(column, OffsetDateTime.class)));
    }
}
