package dev.parley.server.webhooks;

import dev.parley.server.organizations.WebhookUrlCheck;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.Keyed;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.Uuids;
import dev.parley.server.platform.jsonapi.WriteResult;
import dev.parley.server.platform.outbound.OutboundGuard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The paths of webhooks, of their logs, and of sending again. Thread-safe. */
public final class WebhookRoutes {

    private static final String INACTIVE =
            "Nothing would be sent: set the webhook's active to true, and give it or the organization an address.";

    private final JsonApi api;
    private final Redelivery redelivery;
    private final ResourceType type;
    private final WebhookResource webhooks;
    private final WebhookLogResource logs;

    /**
     * Routes.
     *
     * @param guard says which addresses can be called
     * @param redelivery sends again
     * @param most webhooks of an organization
     */
    public WebhookRoutes(
            JsonApi api,
            Database database,
            InstantSource clock,
            Ids ids,
            OutboundGuard guard,
            Redelivery redelivery,
            int most) {
        this.api = api;
        this.redelivery = redelivery;
        Announced announced = new Announced(api::types);
        this.type = WebhookType.declare(announced);
        WebhookDraft drafts = new WebhookDraft(announced, new WebhookUrlCheck(guard));
        this.webhooks =
                new WebhookResource(database, type, drafts, new WebhookService(database, clock, ids, drafts, most));
        this.logs = new WebhookLogResource(database);
    }

    /** All of them. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(api.routes(type, Access.ORGANIZATION, webhooks));
        routes.addAll(api.routes(WebhookLogType.TYPE, Access.ORGANIZATION, logs));
        routes.add(api.action(
                        WebhookLogType.TYPE.path() + "/{id}/redeliver",
                        Access.ORGANIZATION,
                        Keyed.TRANSACTION,
                        this::one)
                .withScope(Scope.MANAGE));
        routes.add(api.action(type.path() + "/{id}/redeliver", Access.ORGANIZATION, Keyed.REPEATABLE, this::many)
                .withScope(Scope.MANAGE));
        return routes;
    }

    private HttpAnswer one(RequestContext context) throws Exception {
        context.working();
        UUID organization = context.caller().organization();
        UUID id = Uuids.parse(context.call().pathParameter("id"));
        WriteResult result = id == null ? new WriteResult.Missing() : again(context, organization, id);
        return api.answers().of(context, WebhookLogType.TYPE, result);
    }

    private WriteResult again(RequestContext context, UUID organization, UUID id) throws Exception {
        return switch (redelivery.redeliver(organization, id)) {
            case PENDING -> now(context, id);
            case MISSING -> new WriteResult.Missing();
            case INACTIVE -> WriteResult.refused(Problem.of(ProblemCode.WEBHOOK_INACTIVE, INACTIVE));
        };
    }

    private WriteResult now(RequestContext context, UUID id) throws Exception {
        return switch (logs.get(context.caller(), id)) {
            case Found.One(var resource) -> new WriteResult.Updated(resource);
            case Found.Missing() -> new WriteResult.Missing();
        };
    }

    private HttpAnswer many(RequestContext context) {
        return switch (api.body(context)) {
            case JsonApi.Body.Bad(Problem problem) -> api.answers().refused(context, problem);
            case JsonApi.Body.Document(JsonNode document) -> many(context, RedeliveryRequest.read(document));
        };
    }

    private HttpAnswer many(RequestContext context, RedeliveryRequest request) {
        Instant since = request.since();
        if (since == null || !request.problems().isEmpty()) {
            return api.answers().refused(context, request.problems());
        }
        context.working();
        UUID organization = context.caller().organization();
        UUID id = Uuids.parse(context.call().pathParameter("id"));
        Redelivery.Many outcome = id == null
                ? new Redelivery.Many.Missing()
                : redelivery.redeliverSince(organization, id, since, request.delivered());
        return switch (outcome) {
            case Redelivery.Many.Done done -> api.answers().document(context, document(done));
            case Redelivery.Many.Missing() -> api.answers().refused(context, Problem.notFound(type.type()));
            case Redelivery.Many.Inactive() ->
                api.answers().refused(context, Problem.of(ProblemCode.WEBHOOK_INACTIVE, INACTIVE));
        };
    }

    private byte[] document(Redelivery.Many.Done done) {
        return api.documents().write(out -> {
            out.writeObjectPropertyStart("meta");
            out.writeNumberProperty("redelivered", done.count());
            out.writeName("resumeAt");
            out.writeTree(Json.MAPPER.valueToTree(Json.time(done.resumeAt())));
            out.writeEndObject();
        });
    }
}
