package dev.parley.server.wiring;

import dev.parley.server.accounts.AccountResource;
import dev.parley.server.audit.AuditRoutes;
import dev.parley.server.callbacks.CallbackRoutes;
import dev.parley.server.candidates.CandidateRoutes;
import dev.parley.server.candidates.CandidateStatuses;
import dev.parley.server.conversations.ConversationResource;
import dev.parley.server.documentation.DocumentationRoutes;
import dev.parley.server.erasure.ErasureRoutes;
import dev.parley.server.events.feed.EventRoutes;
import dev.parley.server.media.MediaRoutes;
import dev.parley.server.messages.MessageRoutes;
import dev.parley.server.organizations.OrganizationRoutes;
import dev.parley.server.organizations.OrganizationService;
import dev.parley.server.organizations.TokenAuthenticator;
import dev.parley.server.organizations.TokenUses;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.CallerLimit;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.RequestRates;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.jsonapi.Documents;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.ListScope;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.kept.KeptCalls;
import dev.parley.server.platform.settings.DataSize;
import dev.parley.server.platform.settings.LoadSettings;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.templates.TemplateResource;
import dev.parley.server.threads.MessageThreadResource;
import dev.parley.server.threads.ThreadSweep;
import dev.parley.server.webhooks.StoredRedelivery;
import dev.parley.server.webhooks.WebhookAddresses;
import dev.parley.server.webhooks.WebhookRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is served: every feature's routes below the API's base path, and what lies beside it. */
final class Api {

    private static final String BASE_PATH = "/public/v2";
    private static final Duration ERASURE_PATIENCE = Duration.ofSeconds(25);

    private final Platform platform;
    private final TokenUses uses;
    private final TokenAuthenticator authenticator;
    private final OrganizationService organizations;
    private final JsonApi api;
    private final Streams streams;

    Api(Platform platform) {
        this.platform = platform;
        this.api = new JsonApi(
                BASE_PATH,
                platform.settings().limits().depth(),
                platform.database(),
                answers -> new KeptCalls(
                        platform.database(),
                        answers,
                        platform.ids(),
                        platform.settings().retention().idempotency()),
                ListScope.of(platform.settings().limits().list(), platform.clock()));
        this.uses = new TokenUses(platform.database(), platform.clock());
        this.authenticator =
                new TokenAuthenticator(platform.database(), System::nanoTime, platform.hints()::tokensReplaced, uses);
        this.organizations = organizations(platform, authenticator);
        this.streams = Streams.of(platform, api, authenticator);
    }

    static OrganizationService organizations(Platform platform, TokenAuthenticator authenticator) {
        return new OrganizationService(
                platform.database(),
                platform.clock(),
                platform.ids(),
                platform.random(),
                platform.keys().box(),
                authenticator,
                List.of(new CandidateStatuses(platform.ids())::seed),
                new WebhookAddresses(platform.ids())::changed);
    }

    OrganizationService organizations() {
        return organizations;
    }

    /** Writes resources as they are served; of every type once {@link #serve} was called. */
    Documents documents() {
        return api.documents();
    }

    /** The declarations of what is served; of everything once {@link #serve} was called. */
    Collection<ResourceType> types() {
        return api.types();
    }

    /** The same, one for each path. */
    List<ResourceType> routed() {
        return api.routed();
    }

    TokenAuthenticator authenticator() {
        return authenticator;
    }

    TokenUses uses() {
        return uses;
    }

    HttpServer serve(Messaging messaging, Media media, ThreadSweep threads, Telemetry telemetry) throws Exception {
        HttpEdge edge = new HttpEdge(
                authenticator,
                api.failures(),
                telemetry,
                () -> platform.ids().next().toString(),
                callerLimit());
        return HttpServer.start(options(), edge, routes(messaging, media, threads));
    }

    private CallerLimit callerLimit() {
        LoadSettings.Requests requests = platform.settings().load().requests();
        RequestRates.Rates rates =
                new RequestRates.Rates(requests.perOrganization(), requests.perToken(), requests.burst());
        return rates.none() ? CallerLimit.NONE : new RequestRates(rates, System::nanoTime);
    }

    /** Streams are handed on from now on, until closed. */
    Streams startStreams() {
        return streams.start(platform, authenticator);
    }

    private List<Route> routes(Messaging messaging, Media media, ThreadSweep threads) {
        Settings.Body limits = platform.settings().limits().body();
        List<Route> routes = new ArrayList<>();
        routes.addAll(new OrganizationRoutes(
                        api,
                        platform.database(),
                        organizations,
                        platform.ids(),
                        platform.guard(),
                        platform.settings().limits().tokensPerOrganization())
                .routes());
        AccountResource accounts =
                new AccountResource(messaging.accounts(), platform.guard()::problemWith, platform.ids());
        routes.addAll(api.routes(accounts.type(), Access.ORGANIZATION, accounts));
        routes.addAll(new CandidateRoutes(
                        api,
                        platform.database(),
                        platform.clock(),
                        platform.ids(),
                        platform.settings().limits().candidateStatusesPerOrganization())
                .routes());
        MessageThreadResource thread = new MessageThreadResource(
                platform.database(), platform.connectors(), threads, platform.ids(), platform.clock());
        routes.addAll(api.routes(MessageThreadResource.TYPE, Access.ORGANIZATION, thread));
        routes.addAll(api.routes(
                TemplateResource.TYPE,
                Access.ORGANIZATION,
                messaging.templates().resource()));
        MessageRoutes messages = messages(messaging, limits.message().bytes());
        routes.addAll(messages.routes(api, media.uploads()));
        ConversationResource conversations =
                new ConversationResource(platform.database(), messages::markRead, platform.clock());
        routes.addAll(api.routes(ConversationResource.TYPE, Access.ORGANIZATION, conversations));
        routes.addAll(new MediaRoutes(api, platform.database(), media.library()).routes());
        routes.addAll(new WebhookRoutes(
                        api,
                        platform.database(),
                        platform.clock(),
                        platform.ids(),
                        platform.guard(),
                        new StoredRedelivery(platform.database(), System::nanoTime),
                        platform.settings().limits().webhooksPerOrganization())
                .routes());
        routes.addAll(new EventRoutes(api, platform.database()).routes());
        routes.addAll(streams.routes().routes());
        routes.addAll(erasure().routes());
        routes.addAll(new AuditRoutes(api, platform.database()).routes());
        routes.addAll(new CallbackRoutes(messaging.intake(), limits.callback().bytes()).routes());
        Settings.Many many = platform.settings().limits().many();
        routes.add(api.operations(many.operations(), many.body().bytes()));
        routes.addAll(api.notServed());
        routes.addAll(new DocumentationRoutes().routes());
        return routes;
    }

    private MessageRoutes messages(Messaging messaging, long bodyLimit) {
        return new MessageRoutes(
                messaging.submit(),
                messaging.payloads(),
                platform.database(),
                messaging.rules(),
                platform.ids(),
                platform.clock(),
                new MessageRoutes.Options(
                        platform.settings().message().defaultExpiry(),
                        bodyLimit,
                        platform.settings().limits().many().messages(),
                        platform.settings().limits().many().body().bytes()));
    }

    private ErasureRoutes erasure() {
        return new ErasureRoutes(
                api,
                platform.database(),
                platform.keys()::fingerprint,
                platform.clock(),
                platform.settings().dispatch().lease(),
                ERASURE_PATIENCE);
    }

    private HttpOptions options() {
        Settings settings = platform.settings();
        Settings.Listen listen = settings.listen();
        LoadSettings.Http http = settings.load().http();
        DataSize bodyMemory = http.bodyMemory();
        HttpOptions defaults = HttpOptions.defaults();
        return defaults.on(listen.host(), listen.port())
                .withLimits(
                        settings.limits().body().other().bytes(),
                        bodyMemory == null ? defaults.bodyMemory() : bodyMemory.bytes(),
                        // Streams don't take the place of requests.
                        http.connections() + settings.stream().perNode(),
                        http.requestsAtOnce())
                .withTimes(http.requestTime(), http.idleTime(), defaults.stopTimeout())
                .withSlowest((int) http.slowest().bytes())
                .behind(listen.trustedProxies(), listen.publicUrl());
    }
}
