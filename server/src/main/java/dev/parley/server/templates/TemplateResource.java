package dev.parley.server.templates;

import dev.parley.connector.ProviderError;
import dev.parley.connector.TemplateStatus;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import dev.parley.server.templates.Template.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /message-templates}. Safe for use by many threads at once. */
public final class TemplateResource implements ResourceHandler {

    /** The declaration. */
    public static final ResourceType TYPE = TemplateType.TYPE;

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Database database;
    private final TemplateService service;
    private final Ids ids;

    /** @param memory is told of changes */
    public TemplateResource(
            Database database,
            AccountReader reader,
            ProviderTemplates providers,
            TemplateMemory memory,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.service = new TemplateService(database, reader, providers, memory, clock);
        this.ids = ids;
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> TemplateStore.list(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        return database.call(
                        connection -> Optional.ofNullable(TemplateStore.find(connection, caller.organization(), id)))
                .<Found>map(template -> new Found.One(TemplateView.resource(template)))
                .orElseGet(Found.Missing::new);
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        UUID id = Objects.requireNonNullElseGet(write.id(), ids::next);
        TemplateOutcome outcome = service.create(
                caller.organization(), (owner, now) -> submitted(caller.organization(), id, write, owner, now));
        return result(outcome, write);
    }

    @Override
    public boolean apart(ResourceType.Method method, @Nullable Write write) {
        return true;
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        return switch (service.delete(caller.organization(), id, context.precondition())) {
            case TemplateOutcome.Deleted() -> new WriteResult.Deleted();
            case TemplateOutcome.Unknown unknown ->
                new WriteResult.Busy(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "The provider's answer was lost. Delete the template again, or look whether it is still there.",
                        SOON,
                        null);
            case TemplateOutcome.Refused(ProviderError error) -> refused(error);
            case TemplateOutcome.Missing() -> new WriteResult.Missing();
            case TemplateOutcome.Changed() -> new WriteResult.Stale();
            case TemplateOutcome.Made made -> throw new IllegalStateException("deleting made " + made);
            case TemplateOutcome.NoAccount() -> new WriteResult.Missing();
            case TemplateOutcome.IdTaken() -> new WriteResult.Missing();
            case TemplateOutcome.NameTaken taken -> new WriteResult.Missing();
            case TemplateOutcome.NotReached() -> notReached();
        };
    }

    private static Template submitted(UUID organization, UUID id, Write write, Owner owner, Instant now) {
        ArrayNode components = write.require(TemplateType.COMPONENTS, ArrayNode.class);
        return new Template(
                organization,
                id,
                owner,
                null,
                write.require(TemplateType.NAME, String.class),
                write.require(TemplateType.LANGUAGE, String.class),
                write.require(TemplateType.CATEGORY, String.class),
                named(components),
                Json.text(components),
                write.text(TemplateType.PREVIEW),
                TemplateStatus.PENDING,
                null,
                null,
                now,
                null,
                1,
                now,
                now);
    }

    private static boolean named(ArrayNode components) {
        for (JsonNode component : components) {
            if (Variables.named(Variables.of(component.path("text").asString("")))) {
                return true;
            }
        }
        return false;
    }

    private WriteResult result(TemplateOutcome outcome, Write write) {
        return switch (outcome) {
            case TemplateOutcome.Made(Template template) -> new WriteResult.Created(TemplateView.resource(template));
            case TemplateOutcome.NoAccount() ->
                WriteResult.refused(
                        Problem.of(
                                ProblemCode.NO_CHANNEL_ACCOUNT,
                                "Connect a WhatsApp account with POST /channel-accounts first: templates are handed in there."));
            case TemplateOutcome.IdTaken() ->
                WriteResult.refused(
                        Problem.at(ProblemCode.ID_TAKEN, "/data/id", "A template has this id. Choose another one."));
            case TemplateOutcome.NameTaken taken -> WriteResult.refused(nameTaken(taken, write));
            case TemplateOutcome.Refused(ProviderError error) -> refused(error);
            case TemplateOutcome.NotReached() -> notReached();
            case TemplateOutcome.Unknown(UUID id) ->
                new WriteResult.Busy(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "The provider's answer was lost. The template appears under the id in meta when the provider"
                                + " turns out to have it, within some minutes; else hand it in again then.",
                        SOON,
                        Json.MAPPER.createObjectNode().put("id", id.toString()));
            case TemplateOutcome.Deleted() -> new WriteResult.Deleted();
            case TemplateOutcome.Missing() -> new WriteResult.Missing();
            case TemplateOutcome.Changed() -> new WriteResult.Stale();
        };
    }

    private static Problem nameTaken(TemplateOutcome.NameTaken taken, Write write) {
        Problem problem = Problem.at(
                ProblemCode.TEMPLATE_EXISTS,
                write.pointer(TemplateType.NAME),
                "There is a template with this name in this language. Use it, or choose another name.");
        if (taken.id() == null && taken.error() == null) {
            return problem;
        }
        ObjectNode meta = taken.error() == null ? Json.MAPPER.createObjectNode() : meta(taken.error());
        if (taken.id() != null) {
            meta.put("id", taken.id().toString());
        }
        return problem.with(meta);
    }

    private static WriteResult refused(ProviderError error) {
        String words = error.providerText().isEmpty() ? error.detail() : error.providerText();
        return WriteResult.refused(Problem.of(
                        ProblemCode.BAD_REQUEST,
                        "The provider refused it: " + words
                                + ". Its own error is in meta.provider; correct what it names.")
                .with(meta(error)));
    }

    private static ObjectNode meta(ProviderError error) {
        ObjectNode meta = Json.MAPPER.createObjectNode();
        @Nullable String json = error.providerJson();
        if (json == null) {
            meta.putObject("provider").put("code", error.providerCode()).put("message", error.providerText());
        } else {
            meta.set("provider", Json.MAPPER.readTree(json));
        }
        return meta;
    }

    private static WriteResult notReached() {
        return new WriteResult.Busy(
                ProblemCode.PROVIDER_UNAVAILABLE,
                "The provider could not be reached, and nothing was done. Try again.",
                SOON,
                null);
    }
}
