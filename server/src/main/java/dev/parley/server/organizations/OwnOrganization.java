package dev.parley.server.organizations;

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
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import dev.parley.server.platform.outbound.OutboundGuard;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code /organizations}, for the organization itself: any other id is as good as none. */
final class OwnOrganization implements ResourceHandler, Related {

    private final Database database;
    private final OrganizationService service;
    private final WebhookUrlCheck urls;

    OwnOrganization(Database database, OrganizationService service, OutboundGuard guard) {
        this.database = database;
        this.service = service;
        this.urls = new WebhookUrlCheck(guard);
    }

    @Override
    public List<Problem> validate(Write draft, boolean creating) {
        return Stream.of(urls.problems(draft), WebhookSecretCheck.problems(draft))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> OrganizationStore.list(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        return id.equals(caller.organization())
                ? ManagedOrganizations.found(database.call(connection -> OrganizationStore.find(connection, id)))
                : new Found.Missing();
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) {
        Optional<Organization> found = ids.contains(organization)
                ? database.call(connection -> OrganizationStore.find(connection, organization))
                : Optional.empty();
        return found.map(own -> Map.of(own.id(), OrganizationView.resource(own, null, null)))
                .orElse(Map.of());
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        return id.equals(caller.organization())
                ? ManagedOrganizations.updated(service.update(id, write))
                : new WriteResult.Missing();
    }
}
