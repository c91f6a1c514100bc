package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** The toys, served. */
@NullUnmarked
final class ToyServer implements AutoCloseable {

    static final UUID ORGANIZATION = UUID.fromString("0197a000-0000-7000-8000-000000000001");
    static final String PATH = "/public/v2/toy-cars";

    final Toys toys = new Toys();
    private final HttpServer server;

    ToyServer() throws Exception {
        JsonApi api = new JsonApi("/public/v2", 32);
        List<Route> routes = new ArrayList<>(api.routes(Toys.TYPE, Access.ORGANIZATION, toys));
        routes.addAll(api.notServed());
        HttpEdge edge = new HttpEdge(
                token -> Caller.organization(ORGANIZATION, "test"), api.failures(), HttpObserver.NONE, () -> "id");
        server = HttpServer.start(HttpOptions.defaults(), edge, routes);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer t"));
        all.addAll(List.of(headers));
        if (body != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/vnd.api+json"));
        }
        return HttpClients.send(method, server.url() + path, body, all.toArray(String[]::new));
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    HttpResponse<String> post(String body, String... headers) {
        return send("POST", PATH, body, headers);
    }

    /** Posts a car with these attributes (JSON members) and an owner. */
    HttpResponse<String> postAttributes(String attributes) {
        return post(document("\"attributes\":{" + attributes + "}"));
    }

    static String document(String members) {
        return "{\"data\":{\"type\":\"toyCars\"," + members + "}}";
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    /** Each error as status, code and source. */
    static List<String> errors(HttpResponse<String> answer) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : json(answer).get("errors")) {
            JsonNode source = error.get("source");
            errors.add(
                    error.get("status").stringValue() + " " + error.get("code").stringValue()
                            + (source == null
                                    ? ""
                                    : " "
                                            + source.properties()
                                                    .iterator()
                                                    .next()
                                                    .getValue()
                                                    .stringValue()));
        }
        return errors;
    }

    @Override
    public void close() {
        server.close();
    }
}
