package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Another organization's ids in bodies: as relationship, as attribute, in a payload, one by one and many at once. */
@NullUnmarked
class IsolatedRelationsTest extends IsolationCase {

    /** Attributes that hold an id without being a relationship's, and what they lead to. */
    private static String target(ResourceType type, Attribute attribute) {
        return type.relations().values().stream()
                .filter(relation -> attribute.equals(relation.idAttribute()))
                .map(Relation::target)
                .findFirst()
                .orElseGet(() -> attribute.name().replaceFirst("Id$", "s"));
    }

    private static List<Attribute> ids(ResourceType type, boolean creating) {
        return type.attributes().values().stream()
                .filter(attribute -> attribute.kind() instanceof Kind.Id)
                .filter(attribute ->
                        (creating ? attribute.onCreate() : attribute.onUpdate()) != Attribute.Rule.READ_ONLY)
                .toList();
    }

    /** Documents that lead to an id where they lead to the organization's own; each with the name of where. */
    private record Leading(String where, String target, ObjectNode document) {

        private String with(String id) {
            return Json.text(document).replace("THE-ID", id);
        }
    }

    private static List<Leading> leading(ResourceType type, boolean creating) {
        List<Leading> all = new ArrayList<>();
        for (Attribute attribute : ids(type, creating)) {
            ObjectNode attributes = base(type, creating);
            attributes.put(attribute.name(), "THE-ID");
            all.add(new Leading(attribute.name(), target(type, attribute), document(type, attributes)));
        }
        for (Relation relation : type.relations().values()) {
            Attribute id = relation.idAttribute();
            boolean one = id != null && ids(type, creating).contains(id);
            boolean many = relation instanceof Relation.ToMany to && to.most() > 0;
            if (one || many) {
                ObjectNode attributes = base(type, creating);
                if (id != null) {
                    attributes.remove(id.name());
                }
                ObjectNode document = document(type, attributes);
                ObjectNode data = ((ObjectNode) document.path("data"))
                        .putObject("relationships")
                        .putObject(relation.name());
                ObjectNode identifier = many ? data.putArray("data").addObject() : data.putObject("data");
                identifier.put("type", relation.target()).put("id", "THE-ID");
                all.add(new Leading(relation.name(), relation.target(), document));
            }
        }
        return all;
    }

    private static ObjectNode base(ResourceType type, boolean creating) {
        return creating ? world.asking.attributes(type.type()) : Json.MAPPER.createObjectNode();
    }

    private static ObjectNode document(ResourceType type, ObjectNode attributes) {
        return (ObjectNode) Json.MAPPER.readTree(Tenant.document(type.type(), attributes));
    }

    private static void notFound(Leading leading, Asking asking) {
        JsonNode answer = same(leading.where(), 404, world.other.ids.get(leading.target()), asking);
        assertThat(pointer(answer)).as(leading.where()).contains(leading.where());
    }

    @ParameterizedTest
    @MethodSource("made")
    void whatIsMadeCannotLeadToThem(ResourceType type) {
        for (Leading leading : leading(type, true)) {
            notFound(leading, id -> ask("POST", type.path(), leading.with(id)));
        }
    }

    @ParameterizedTest
    @MethodSource("changed")
    void whatIsChangedCannotLeadToThem(ResourceType type) {
        String path = type.path() + "/" + world.asking.ids.get(type.type());
        for (Leading leading : leading(type, false)) {
            // A candidate that is set cannot change, whichever it is.
            boolean fixed =
                    type.type().equals("messageThreads") && leading.target().equals("candidates");
            if (fixed) {
                same(
                        leading.where(),
                        409,
                        world.other.ids.get("candidates"),
                        id -> ask("PATCH", path, leading.with(id)));
            } else {
                notFound(leading, id -> ask("PATCH", path, leading.with(id)));
            }
        }
    }

    /** Unlinking what is not linked is no mistake, whosever it is. */
    @ParameterizedTest
    @MethodSource("changed")
    void whatIsLinkedCannotLeadToThem(ResourceType type) {
        for (Relation relation : type.relations().values()) {
            boolean fixed = relation.target().equals("candidates") && !(relation instanceof Relation.ToMany);
            if (!relation.canChange() || fixed) {
                continue;
            }
            String path = type.path() + "/" + world.asking.ids.get(type.type()) + "/relationships/" + relation.name();
            String linked = "{\"type\":\"" + relation.target() + "\",\"id\":\"THE-ID\"}";
            boolean many = relation instanceof Relation.ToMany;
            String document = "{\"data\":" + (many ? "[" + linked + "]" : linked) + "}";
            String others = world.other.ids.get(relation.target());
            for (String method : many ? List.of("PATCH", "POST") : List.of("PATCH")) {
                JsonNode answer = same(path, 404, others, id -> ask(method, path, document.replace("THE-ID", id)));
                assertThat(pointer(answer)).as(path).startsWith("/data");
            }
            if (many) {
                same(path, 204, others, id -> ask("DELETE", path, document.replace("THE-ID", id)));
            }
        }
    }

    @Test
    void aThreadWithoutACandidateCannotBeGivenTheirs() {
        ObjectNode attributes = world.asking.attributes("messageThreads");
        attributes.remove("candidateId");
        HttpResponse<String> made = ask("POST", "/message-threads", Tenant.document("messageThreads", attributes));
        String path = "/message-threads/"
                + Json.MAPPER.readTree(made.body()).at("/data/id").asString();
        for (Leading leading : leading(world.type("messageThreads"), false)) {
            notFound(leading, id -> ask("PATCH", path, leading.with(id)));
        }
    }

    @ParameterizedTest
    @MethodSource("made")
    void operationsCannotReachThem(ResourceType type) {
        // Those who ask a provider on the way cannot be one of several.
        if (type.type().equals("messageTemplates")) {
            return;
        }
        for (Leading leading : leading(type, true)) {
            notFound(leading, id -> ask("POST", "/operations", operation("add", type, leading.with(id))));
        }
        String others = world.other.ids.get(type.type());
        JsonNode removed = same(
                "remove",
                404,
                others,
                id -> ask(
                        "POST",
                        "/operations",
                        "{\"atomic:operations\":[{\"op\":\"remove\",\"ref\":{\"type\":\"" + type.type() + "\",\"id\":\""
                                + id + "\"}}]}"));
        assertThat(pointer(removed)).startsWith("/atomic:operations/0");
        if (type.methods().contains(ResourceType.Method.UPDATE)) {
            ObjectNode changes = world.asking.changes(type);
            // A payload waits for whoever looks at files, so it is refused before anything is looked up.
            changes.remove("payload");
            ObjectNode change = document(type, changes);
            ((ObjectNode) change.path("data")).put("id", "THE-ID");
            same(
                    "update",
                    404,
                    others,
                    id -> ask(
                            "POST",
                            "/operations",
                            operation("update", type, Json.text(change).replace("THE-ID", id))));
        }
    }

    private static String operation(String what, ResourceType type, String document) {
        String data = Json.text(Json.MAPPER.readTree(document).path("data"));
        String href = what.equals("add") ? "\"href\":\"" + World.BASE + type.path() + "\"," : "";
        return "{\"atomic:operations\":[{\"op\":\"" + what + "\"," + href + "\"data\":" + data + "}]}";
    }

    @Test
    void manyMessagesCannotReachThem() {
        for (Leading leading : leading(world.type("messages"), true)) {
            JsonNode results = same(leading.where(), 200, world.other.ids.get(leading.target()), id -> {
                String data = Json.text(Json.MAPPER.readTree(leading.with(id)).path("data"));
                return ask("POST", "/messages/bulk", "{\"data\":[" + data + "]}");
            });
            assertThat(results.at("/meta/results/0/status").asString()).isEqualTo("404");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messageTemplates | {'type':'template','template':{'id':'THE-ID'}}",
                "messages | {'type':'reaction','reaction':{'messageId':'THE-ID','emoji':'x'}}",
                "messages | {'type':'text','text':{'value':'x'},'context':{'messageId':'THE-ID'}}",
            })
    void payloadsCannotLeadToThem(String row) {
        String[] parts = row.split(" \\| ", 2);
        ObjectNode attributes = world.asking.attributes("messages");
        attributes.set("payload", Json.MAPPER.readTree(parts[1].replace('\'', '"')));
        String document = Tenant.document("messages", attributes);
        JsonNode answer = same(
                parts[1],
                422,
                world.other.ids.get(parts[0]),
                id -> ask("POST", "/messages", document.replace("THE-ID", id)));
        assertThat(pointer(answer)).contains("/payload/");
    }

    @ParameterizedTest
    @MethodSource("made")
    void theirIdsAreFreeHere(ResourceType type) {
        ObjectNode document = document(type, world.asking.attributes(type.type()));
        ((ObjectNode) document.path("data")).put("id", world.other.ids.get(type.type()));
        HttpResponse<String> answer = ask("POST", type.path(), Json.text(document));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(ask("DELETE", type.path() + "/" + world.other.ids.get(type.type()), null)
                        .statusCode())
                .isEqualTo(204);
    }
}
