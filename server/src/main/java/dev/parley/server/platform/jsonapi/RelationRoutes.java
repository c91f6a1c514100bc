package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the routes of a resource's relations, all of them by their declarations: what they link to at
 * {@code …/relationships/<name>}, and the resources themselves at {@code …/<name in kebab-case>}. Either spelling of a name leads to
 * both, as some libraries write all of a path in one.
 */
final class RelationRoutes {

    private final JsonApi api;
    private final JsonMapper mapper;
    private final Includables includables;
    private final Map<String, Served> served;

    RelationRoutes(JsonApi api, JsonMapper mapper, Includables includables, Map<String, Served> served) {
        this.api = api;
        this.mapper = mapper;
        this.includables = includables;
        this.served = served;
    }

    List<Route> of(Served parent) {
        List<Route> routes = new ArrayList<>();
        if (parent.type().methods().contains(ResourceType.Method.GET)) {
            parent.type().relations().values().forEach(relation -> add(routes, parent, relation));
        }
        return routes;
    }

    private void add(List<Route> routes, Served parent, Relation relation) {
        Answers answers = api.answers();
        Relatives relatives = new Relatives(parent, relation, served, answers);
        RelatedCalls related = new RelatedCalls(relation, relatives, answers);
        String one = parent.type().path() + "/{id}/";
        Set<String> spellings = new LinkedHashSet<>(List.of(relation.name(), Names.kebab(relation.name())));
        for (String spelling : spellings) {
            routes.add(api.call(HttpMethod.GET, one + spelling, Access.ORGANIZATION, related::get));
            linkage(routes, parent, relation, relatives, one + "relationships/" + spelling);
        }
    }

    private void linkage(List<Route> routes, Served parent, Relation relation, Relatives relatives, String linkage) {
        Answers answers = api.answers();
        RelationshipCalls shown = new RelationshipCalls(parent.type(), relation, relatives, includables, answers);
        routes.add(api.call(HttpMethod.GET, linkage, Access.ORGANIZATION, shown::get));
        RelationshipWrites writes = new RelationshipWrites(parent, relation, mapper, answers);
        // What is refused in any case has nothing that a key could keep.
        Keyed keyed = relation.canChange() ? Keyed.TRANSACTION : Keyed.OWN;
        routes.add(write(parent, HttpMethod.PATCH, linkage, keyed, writes::replace));
        if (relation instanceof Relation.ToMany) {
            routes.add(write(parent, HttpMethod.POST, linkage, keyed, writes::add));
            routes.add(write(parent, HttpMethod.DELETE, linkage, keyed, writes::remove));
        }
    }

    private Route write(Served parent, HttpMethod method, String template, Keyed keyed, JsonApi.Call call) {
        return api.call(method, template, Access.ORGANIZATION, keyed, call)
                .withScope(parent.type().scope());
    }
}
