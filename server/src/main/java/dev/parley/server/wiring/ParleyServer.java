package dev.parley.server.wiring;

import dev.parley.server.organizations.OrganizationService;
import dev.parley.server.platform.build.Version;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.metrics.ManagementPages;
import dev.parley.server.platform.metrics.Metrics;
import dev.parley.server.platform.metrics.Readiness;
import dev.parley.server.platform.secrets.MadeSecret;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.threads.ThreadSweep;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A running server: every part is made here, in order, and closed in the opposite one. */
public final class ParleyServer implements AutoCloseable {

    private final Deque<AutoCloseable> parts;
    private final HttpServer http;
    private final URI managementUrl;
    private final Api api;
    private final @Nullable String newPartnerToken;

    private ParleyServer(
            Deque<AutoCloseable> parts, HttpServer http, URI managementUrl, Api api, @Nullable String newPartnerToken) {
        this.parts = parts;
        this.http = http;
        this.managementUrl = managementUrl;
        this.api = api;
        this.newPartnerToken = newPartnerToken;
    }

    /** Starts everything; returns when requests are answered. */
    public static ParleyServer start(Settings settings, StartProgress progress) {
        return start(settings, progress, InstantSource.system());
    }

    /** The same on a machine with another clock. */
    static ParleyServer start(Settings settings, StartProgress progress, InstantSource machine) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(settings, progress, machine, parts);
        } catch (Exception e) {
            closeAll(parts);
            throw e instanceof RuntimeException known ? known : new IllegalStateException("could not start", e);
        }
    }

    private static ParleyServer start(
            Settings settings, StartProgress progress, InstantSource machine, Deque<AutoCloseable> parts)
            throws Exception {
        Storage storage = keep(parts, Storage.open(settings, progress));
        Metrics metrics = keep(parts, Metrics.ofProcess(Version.current()));
        Platform platform = keep(parts, Platform.of(settings, storage, metrics, machine));
        Telemetry telemetry = new Telemetry(metrics.registry());
        AtomicReference<String> publicUrl = new AtomicReference<>("");
        Media media = keep(parts, Media.open(platform, storage.folder().path()));
        Messaging messaging = keep(parts, Messaging.of(platform, media, publicUrl::get, telemetry));
        ThreadSweep threads = new ThreadSweep(platform.database(), platform.clock(), messaging.dispatcher());
        ManagementPages pages = new ManagementPages(metrics, List.of(new DatabaseHealth(platform.database())));
        HttpServer management = keep(parts, Management.serve(platform, pages));
        Api api = new Api(platform);
        @Nullable String newPartnerToken = installPartnerToken(settings, storage, api.organizations());
        HttpServer http = keep(parts, api.serve(messaging, media, threads, telemetry));
        HttpGauges.register(metrics.registry(), http.load());
        keep(parts, api.startStreams());
        URI given = settings.listen().publicUrl();
        publicUrl.set(given == null ? http.url() : given.toString());
        keep(
                parts,
                platform.hints()
                        .start(messaging.dispatcher(), messaging.lookup(), api.authenticator(), platform.appended()));
        keep(parts, Background.start(platform, messaging, media, threads, api.uses()));
        platform.quotas().start().forEach(parts::push);
        keep(parts, Webhooking.start(platform, api.documents()));
        keep(parts, Searching.start(platform));
        keep(parts, Housekeeping.start(platform, media, messaging.templates().sync()));
        pages.become(Readiness.READY);
        parts.push(() -> pages.become(Readiness.STOPPING));
        return new ParleyServer(parts, http, URI.create(management.url()), api, newPartnerToken);
    }

    private static @Nullable String installPartnerToken(
            Settings settings, Storage storage, OrganizationService organizations) {
        Secret given = settings.partnerToken();
        if (given != null) {
            organizations.installPartnerToken(given.reveal());
            return null;
        }
        MadeSecret token = storage.folder().partnerToken(new SecureRandom());
        organizations.installPartnerToken(token.secret().reveal());
        return token.justMade() ? token.secret().reveal() : null;
    }

    private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }

    /** Where the API is reached. */
    public URI url() {
        return URI.create(http.url());
    }

    /** Where health and metrics are reached. */
    public URI managementUrl() {
        return managementUrl;
    }

    /** The partner token when this start made it, else null. */
    public @Nullable String newPartnerToken() {
        return newPartnerToken;
    }

    /** Makes organizations, for the demo. */
    OrganizationService organizations() {
        return api.organizations();
    }

    /** All that is served. */
    List<Route> routes() {
        return http.routes();
    }

    /** The declarations of all resources. */
    Collection<ResourceType> types() {
        return api.types();
    }

    /** The same, one for each path. */
    List<ResourceType> routed() {
        return api.routed();
    }

    /** Finishes what is under way, then stops everything. */
    @Override
    public void close() {
        closeAll(parts);
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        @Nullable RuntimeException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                RuntimeException failure =
                        e instanceof RuntimeException known ? known : new IllegalStateException("could not stop", e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
