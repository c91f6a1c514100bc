package dev.parley.server.surface;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.webhooks.WebhookReceiver;
import dev.parley.server.wiring.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/** A whole server with two organizations that have one of everything. */
@NullUnmarked
final class World implements AutoCloseable {

    static final String PARTNER = "pp_surface-test-token-0123456789";
    static final String BASE = "/public/v2";
    static final String ATOMIC = "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"";
    private static final String TYPE = "application/vnd.api+json";
    private static final Pattern KEBAB = Pattern.compile("-([a-z])");

    final WebhookReceiver receiver = new WebhookReceiver();
    final RunningServer server;

    /** Who asks. */
    final Tenant asking;

    /** Whose things are asked for. */
    final Tenant other;

    World(Path folder) {
        server = new RunningServer(folder.resolve("data"), PARTNER, Map.of("log.level", "warn"));
        asking = new Tenant(this, "askingmark", "3165501").fill();
        other = new Tenant(this, "othermark", "3169902").fill();
    }

    /** Sends a request below the base path; a body goes in the type that the path takes. */
    HttpResponse<String> call(String method, String path, String token, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (token != null) {
            all.addAll(List.of("Authorization", "Bearer " + token));
        }
        if (body != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", path.startsWith("/operations") ? ATOMIC : TYPE));
        }
        String url = server.url() + BASE + path.replace("[", "%5B").replace("]", "%5D");
        return HttpClients.send(method, url, body, all.toArray(String[]::new));
    }

    /** The type that is served at a path below the base path, or at one above it. */
    Optional<ResourceType> typeAt(String below) {
        String path = below.startsWith("/organizations") ? type("organizations").path() : below;
        return server.types().stream()
                .filter(type -> (path + "/").startsWith(type.path() + "/"))
                .max(Comparator.comparing(type -> type.path().length()));
    }

    /** The name of the relation at the end of a path, in whichever spelling that has it. */
    static String relation(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return KEBAB.matcher(last).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }

    /** The declaration of a name. */
    ResourceType type(String name) {
        return server.types().stream()
                .filter(type -> type.type().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws Exception {
        server.close();
        receiver.close();
    }
}
