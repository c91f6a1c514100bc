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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.node.ObjectNode;

/** Books and their authors, served from memory; what is asked of them for including is written down. */
@NullUnmarked
final class Shelf implements AutoCloseable {

    static final UUID ORGANIZATION = UUID.fromString("0197a000-0000-7000-8000-000000000001");

    private static final ResourceType BOOKS = ResourceType.named("toyBooks")
            .attributes(Attribute.text("name", 1, 10).optional())
            .relation(Relation.toOne("author", "toyAuthors").optional())
            .relation(Relation.toOne("editor", "toyAuthors"))
            .relation(Relation.toOne("printer", "toyPrinters"))
            .filters(Filter.id("authorId", "author_id"))
            .sort("createdAt", "created_at")
            .build();

    private static final ResourceType AUTHORS = ResourceType.named("toyAuthors")
            .relation(Relation.toOne("mentor", "toyAuthors"))
            .relation(Relation.toMany("books", "toyBooks", "authorId"))
            .relation(Relation.toMany("edited", "toyBooks", "editorId"))
            .build();

    /** Each question, as {@code toyBooks byIds 3} or {@code toyBooks newest 2 of 101}. */
    final List<String> asked = new ArrayList<>();

    final Kept books = new Kept(BOOKS);
    final Kept authors = new Kept(AUTHORS);
    Runnable beforeFinding = () -> {};
    private final HttpServer server;

    Shelf() throws Exception {
        JsonApi api = new JsonApi("/public/v2", 32);
        List<Route> routes = new ArrayList<>(api.routes(BOOKS, Access.ORGANIZATION, books));
        routes.addAll(api.routes(AUTHORS, Access.ORGANIZATION, authors));
        HttpEdge edge = new HttpEdge(
                token -> Caller.organization(ORGANIZATION, "test"), api.failures(), HttpObserver.NONE, () -> "id");
        server = HttpServer.start(HttpOptions.defaults(), edge, routes);
    }

    /** Puts a resource on it, with these relations' ids by attribute; its id. */
    static UUID put(Kept kept, Map<String, UUID> ids) {
        UUID id = new UUID(kept.type.type().length(), kept.all.size() + 1);
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        ids.forEach((name, related) -> attributes.put(name, related.toString()));
        kept.all.put(id, new Resource(id, attributes, null));
        return id;
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    HttpResponse<String> send(String method, String path, String body) {
        String url = server.url() + "/public/v2" + path;
        return body == null
                ? HttpClients.send(method, url, null, "Authorization", "Bearer t")
                : HttpClients.send(
                        method, url, body, "Authorization", "Bearer t", "Content-Type", "application/vnd.api+json");
    }

    /** One type's resources, the newest last. */
    final class Kept implements ResourceHandler, Related {
        private final ResourceType type;
        final Map<UUID, Resource> all = new LinkedHashMap<>();
        final Map<UUID, UUID> redirects = new HashMap<>();

        Kept(ResourceType type) {
            this.type = type;
        }

        @Override
        public Page list(Caller caller, ListQuery query) {
            return Page.whole(
                    all.values().stream().limit(query.size()).map(Kept::copy).toList());
        }

        @Override
        public Found get(Caller caller, UUID id) {
            Resource found = all.get(id);
            return found == null ? new Found.Missing() : new Found.One(copy(found));
        }

        @Override
        public WriteResult create(Caller caller, Write write, RequestContext context) {
            UUID author = write.uuid("authorId");
            UUID made = put(this, author == null ? Map.of() : Map.of("authorId", author));
            return new WriteResult.Created(copy(all.get(made)));
        }

        @Override
        public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
            Resource found = all.get(id);
            found.attributes().put("name", write.text("name"));
            return new WriteResult.Updated(copy(found));
        }

        @Override
        public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) {
            beforeFinding.run();
            asked.add(type.type() + " byIds " + ids.size());
            Map<UUID, Resource> found = new HashMap<>();
            for (UUID id : ids) {
                Resource there = all.get(redirects.getOrDefault(id, id));
                if (there != null && organization.equals(ORGANIZATION)) {
                    found.put(id, copy(there));
                }
            }
            return found;
        }

        @Override
        public Map<UUID, List<Resource>> newest(UUID organization, Filter filter, Collection<UUID> parents, int most) {
            asked.add(type.type() + " newest " + parents.size() + " of " + most);
            Map<UUID, List<Resource>> found = new HashMap<>();
            for (UUID parent : parents) {
                List<Resource> theirs = all.values().stream()
                        .filter(one -> Objects.equals(
                                one.attributes().path(filter.field()).asString(), parent.toString()))
                        .map(Kept::copy)
                        .toList()
                        .reversed();
                found.put(parent, theirs.subList(0, Math.min(most, theirs.size())));
            }
            return found;
        }

        private static Resource copy(Resource resource) {
            return new Resource(resource.id(), resource.attributes().deepCopy(), null);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
