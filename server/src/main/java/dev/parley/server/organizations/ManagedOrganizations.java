package dev.parley.server.organizations;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import dev.parley.server.platform.outbound.OutboundGuard;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code /management/organizations}, for the partner. */
final class ManagedOrganizations implements ResourceHandler {

    private final Database database;
    private final OrganizationService service;
    private final Ids ids;
    private final WebhookUrlCheck urls;

    ManagedOrganizations(Database database, OrganizationService service, Ids ids, OutboundGuard guard) {
        this.database = database;
        this.service = service;
        this.ids = ids;
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
        return database.call(connection -> OrganizationStore.list(connection, null, query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        return found(database.call(connection -> OrganizationStore.find(connection, id)));
    }

    static Found found(Optional<Organization> organization) {
        return organization.isEmpty()
                ? new Found.Missing()
                : new Found.One(OrganizationView.resource(organization.get(), null, null));
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        UUID id = Objects.requireNonNullElseGet(write.id(), ids::next);
        String url = OrganizationChange.text(write.url("webhookUrl"));
        Optional<Resource> made =
                service.create(id, write.require("name", String.class), url, write.text("webhookSecret"));
        return made.isEmpty()
                ? WriteResult.refused(Problem.at(
                        ProblemCode.ID_TAKEN, "/data/id", "Write another id, or leave it out; this one is taken."))
                : new WriteResult.Created(made.get());
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        return updated(service.update(id, write));
    }

    static WriteResult updated(Optional<Resource> after) {
        return after.isEmpty() ? new WriteResult.Missing() : new WriteResult.Updated(after.get());
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        return service.delete(id) ? new WriteResult.Deleted() : new WriteResult.Missing();
    }
}
