package dev.parley.server.webhooks;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.Related;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /webhooks}. Safe for use by many threads at once. */
final class WebhookResource implements ResourceHandler, Related {

    private final Database database;
    private final ResourceType type;
    private final WebhookDraft drafts;
    private final WebhookService service;

    WebhookResource(Database database, ResourceType type, WebhookDraft drafts, WebhookService service) {
        this.database = database;
        this.type = type;
        this.drafts = drafts;
        this.service = service;
    }

    @Override
    public List<Problem> validate(Write draft, boolean creating) {
        return drafts.problems(draft, creating);
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> WebhookStore.list(connection, type, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        return database.call(connection -> WebhookStore.find(connection, caller.organization(), id))
                .map(WebhookView::resource)
                .<Found>map(Found.One::new)
                .orElseGet(Found.Missing::new);
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) {
        return database.call(connection -> WebhookStore.byIds(connection, type, organization, ids));
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        return service.create(caller.organization(), write);
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        return service.update(caller.organization(), id, write);
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        return service.delete(caller.organization(), id) ? new WriteResult.Deleted() : new WriteResult.Missing();
    }
}
