package dev.parley.server.wiring;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.metrics.ManagementPages;
import dev.parley.server.platform.metrics.Page;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Health and metrics, on a port of their own. */
final class Management {

    private Management() {}

    static HttpServer serve(Platform platform, ManagementPages pages) throws Exception {
        HttpEdge edge = new HttpEdge(
                token -> null,
                new JsonApi("", 1).failures(),
                HttpObserver.NONE,
                () -> platform.ids().next().toString());
        HttpOptions options = HttpOptions.defaults()
                .on(
                        platform.settings().listen().managementHost(),
                        platform.settings().listen().managementPort());
        return HttpServer.start(
                options,
                edge,
                List.of(
                        page("/health/live", pages::live),
                        page("/health/ready", pages::ready),
                        page("/metrics", pages::metrics)));
    }

    private static Route page(String path, Supplier<Page> content) {
        return Route.of(HttpMethod.GET, path, Access.PUBLIC, call -> {
            Page page = content.get();
            return HttpAnswer.of(page.status(), page.contentType(), page.body().getBytes(StandardCharsets.UTF_8));
        });
    }
}
