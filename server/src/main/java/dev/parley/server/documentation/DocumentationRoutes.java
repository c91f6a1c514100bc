package dev.parley.server.documentation;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code /openapi.yaml}, and {@code /docs}: a page that shows it and can try calls. Both without a token. The page loads
 * nothing from elsewhere, and its policy lets it reach nobody but this server. Safe for use by many threads at once.
 */
public final class DocumentationRoutes {

    private static final String RENDERER = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /** Style attributes are set by the renderer; style sheets and scripts are files of ours. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    /** All routes. Files are read when they are first asked for. */
    public List<Route> routes() {
        String renderer = "/META-INF/resources/webjars/swagger-ui/" + rendererVersion() + "/";
        return List.of(
                file("/openapi.yaml", "/openapi.yaml", "application/yaml"),
                file("/docs", "/documentation/docs.html", "text/html; charset=utf-8"),
                file("/docs/docs.js", "/documentation/docs.js", SCRIPT),
                file("/docs/docs.css", "/documentation/docs.css", CSS),
                file("/docs/swagger-ui.css", renderer + "swagger-ui.css", CSS),
                file("/docs/swagger-ui-bundle.js", renderer + "swagger-ui-bundle.js", SCRIPT),
                file("/docs/favicon.png", renderer + "favicon-32x32.png", "image/png"));
    }

    private Route file(String path, String resource, String contentType) {
        return Route.of(HttpMethod.GET, path, Access.PUBLIC, call -> {
            HttpAnswer answer = files.computeIfAbsent(resource, name -> StaticFile.read(name, contentType))
                    .answer(call.headers());
            return contentType.startsWith("text/html")
                    ? answer.with("Content-Security-Policy", POLICY).with("Referrer-Policy", "no-referrer")
                    : answer;
        });
    }

    private static String rendererVersion() {
        try (InputStream in = DocumentationRoutes.class.getResourceAsStream(RENDERER)) {
            if (in == null) {
                throw new IOException("the renderer of /docs is not packaged");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
