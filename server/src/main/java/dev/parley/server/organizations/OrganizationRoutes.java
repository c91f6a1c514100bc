package dev.parley.server.organizations;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.Keyed;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Uuids;
import dev.parley.server.platform.jsonapi.WriteResult;
import dev.parley.server.platform.outbound.OutboundGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The paths of organizations. */
public final class OrganizationRoutes {

    private final JsonApi api;
    private final OrganizationService service;
    private final ManagedOrganizations managed;
    private final OwnOrganization own;
    private final NamedTokens tokens;

    /**
     * Routes.
     *
     * @param guard says which webhook addresses can be called
     * @param mostTokens an organization has at most so many named tokens
     */
    public OrganizationRoutes(
            JsonApi api, Database database, OrganizationService service, Ids ids, OutboundGuard guard, int mostTokens) {
        this.api = api;
        this.service = service;
        this.managed = new ManagedOrganizations(database, service, ids, guard);
        this.tokens = new NamedTokens(database, service, mostTokens);
        this.own = new OwnOrganization(database, service, guard);
    }

    /** All of them. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.addAll(api.routes(OrganizationTypes.MANAGED, Access.PARTNER, managed));
        routes.addAll(api.routes(OrganizationTypes.OWN, Access.ORGANIZATION, own));
        routes.addAll(api.managedRoutes(TokenType.MANAGED, tokens, service::exists));
        routes.addAll(api.routes(TokenType.TYPE, Access.ORGANIZATION, tokens));
        routes.add(api.updateOwn("/organizations", OrganizationTypes.OWN, own));
        routes.add(api.action(
                "/management/refresh-token/{organizationId}", Access.PARTNER, Keyed.TRANSACTION, this::refreshToken));
        routes.add(
                api.action("/organizations/rotate-signing-secret", Access.ORGANIZATION, Keyed.TRANSACTION, this::rotate)
                        .withScope(Scope.MANAGE));
        return routes;
    }

    private HttpAnswer refreshToken(RequestContext context) {
        UUID id = Uuids.parse(context.call().pathParameter("organizationId"));
        WriteResult result = id == null ? new WriteResult.Missing() : ManagedOrganizations.updated(service.refresh(id));
        return api.answers().of(context, OrganizationTypes.MANAGED, result);
    }

    private HttpAnswer rotate(RequestContext context) {
        UUID id = context.caller().organization();
        WriteResult result = ManagedOrganizations.updated(service.rotateSigningSecret(id));
        return api.answers().of(context, OrganizationTypes.OWN, result);
    }
}
