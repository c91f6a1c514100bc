package dev.parley.server.webhooks;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts in webhooks with receivers on this machine, which the API refuses. */
public final class WebhookSql {

    private WebhookSql() {}

    /** An address. */
    public static String endpoint(Object organization, UUID id, String url) {
        return "insert into webhook_endpoints (organization_id, id, url, created_at) values ('" + organization + "', '"
                + id + "', '" + url + "', now())";
    }

    /**
     * What is told to an address.
     *
     * @param fields with commas; null for all
     */
    public static String webhook(
            Object organization, UUID id, UUID endpoint, String resource, String event, @Nullable String fields) {
        return "insert into webhooks (organization_id, id, resource, event, fields, endpoint_id, created_at, updated_at)"
                + " values ('" + organization + "', '" + id + "', '" + resource + "', '" + event + "', "
                + (fields == null ? "null" : "string_to_array('" + fields + "', ',')") + ", '" + endpoint
                + "', now(), now())";
    }

    /** Both at once. */
    public static String subscription(
            Object organization, String url, String resource, String event, @Nullable String fields) {
        UUID endpoint = UUID.randomUUID();
        return endpoint(organization, endpoint, url) + ";"
                + webhook(organization, UUID.randomUUID(), endpoint, resource, event, fields);
    }
}
