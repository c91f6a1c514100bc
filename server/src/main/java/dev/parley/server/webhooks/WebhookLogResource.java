package dev.parley.server.webhooks;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Related;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /webhook-logs}. Safe for use by many threads at once. */
final class WebhookLogResource implements ResourceHandler, Related {

    private final Database database;

    WebhookLogResource(Database database) {
        this.database = database;
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> WebhookLogStore.list(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) throws Exception {
        return found(caller.organization(), id);
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) {
        return database.call(connection -> WebhookLogStore.byIds(connection, organization, ids));
    }

    @Override
    public Map<UUID, List<Resource>> newest(UUID organization, Filter filter, Collection<UUID> parents, int most) {
        return database.call(connection -> WebhookLogStore.newest(connection, organization, filter, parents, most));
    }
}
