package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Attribute.Rule;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writing every resource: types, ids, members, keys, tags, several at once. */
@NullUnmarked
class WriteMatrixTest extends MatrixCase {

    private static ObjectNode data(String body) {
        return (ObjectNode) Json.MAPPER.readTree(body).path("data");
    }

    private static String document(ObjectNode data) {
        return "{\"data\":" + Json.text(data) + "}";
    }

    /** What no attribute of this kind takes. */
    private static JsonNode wrong(Attribute attribute) {
        String value = attribute.kind() instanceof Kind.Any ? "7" : "{\"no\":[]}";
        return Json.MAPPER.readTree(value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("made")
    void idsAndTypesOfAPost(String name, ResourceType type) {
        ObjectNode data = data(world.asking.create(name));
        String id = UUID.randomUUID().toString();
        data.put("id", id);
        HttpResponse<String> made = send("POST", type.path(), document(data));
        assertThat(ok(made, 201).at("/data/id").asString()).isEqualTo(id);
        assertThat(made.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith(type.path() + "/" + id));
        ObjectNode again = data(world.asking.create(name));
        again.put("id", id);
        assertThat(errors(send("POST", type.path(), document(again)))).containsExactly("409 /data/id");
        again.put("id", "not-a-uuid");
        assertThat(errors(send("POST", type.path(), document(again)))).containsExactly("422 /data/id");
        again.remove("id");
        again.put("type", "nope");
        assertThat(errors(send("POST", type.path(), document(again)))).containsExactly("409 /data/type");
        again.remove("type");
        assertThat(errors(send("POST", type.path(), document(again)))).containsExactly("422 /data");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changed")
    void idsAndTypesOfAPatch(String name, ResourceType type) {
        ObjectNode data = data(world.asking.update(type));
        data.put("id", UUID.randomUUID().toString());
        assertThat(errors(send("PATCH", one(type), document(data)))).containsExactly("409 /data/id");
        data.put("id", world.asking.ids.get(name)).put("type", "nope");
        assertThat(errors(send("PATCH", one(type), document(data)))).containsExactly("409 /data/type");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("made")
    void everyWrongMemberOfAPostIsNamed(String name, ResourceType type) {
        ObjectNode data = data(world.asking.create(name));
        ObjectNode attributes = (ObjectNode) data.path("attributes");
        List<String> expected = new ArrayList<>();
        attributes.put("nope", 1);
        expected.add("422 /data/attributes/nope");
        data.putObject("relationships").putObject("nowhere");
        expected.add("422 /data/relationships/nowhere");
        for (Attribute attribute : type.attributes().values()) {
            if (attribute.onCreate() != Rule.READ_ONLY && !attribute.name().equals("payload")) {
                attributes.set(attribute.name(), wrong(attribute));
                expected.add("422 /data/attributes/" + attribute.name());
            }
        }
        HttpResponse<String> answer = send("POST", type.path(), document(data));
        assertThat(answer.statusCode()).isEqualTo(422);
        // What an object of strings holds is named, not the object.
        List<String> named = errors(answer).stream()
                .map(error -> error.replaceFirst("/no$", ""))
                .toList();
        assertThat(named).containsAll(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("made")
    void everyMissingMemberIsNamed(String name, ResourceType type) {
        HttpResponse<String> answer = send("POST", type.path(), Tenant.document(name, Json.MAPPER.createObjectNode()));
        assertThat(answer.statusCode()).isEqualTo(422);
        for (Attribute attribute : type.attributes().values()) {
            if (attribute.onCreate() == Rule.REQUIRED) {
                assertThat(json(answer).path("errors").valueStream())
                        .anyMatch(error -> error.path("detail").asString().contains(attribute.name()));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("made")
    void nullsOfOptionalMembersOfAPostAreAbsent(String name, ResourceType type) {
        ObjectNode attributes = world.asking.attributes(name);
        for (Attribute attribute : type.attributes().values()) {
            if (attribute.onCreate() == Rule.OPTIONAL) {
                attributes.putNull(attribute.name());
            }
        }
        for (String needed : List.of("settings", "webhookUrl")) {
            JsonNode value = world.asking.attributes(name).path(needed);
            if (!value.isMissingNode()) {
                attributes.set(needed, value);
            }
        }
        // The document says so of every POST, and its schemas do not repeat it.
        HttpResponse<String> answer = HttpClients.sendMadeUp(
                "POST",
                world.server.baseUrl() + type.path(),
                Tenant.document(name, attributes),
                "Authorization",
                "Bearer " + world.asking.token,
                "Content-Type",
                "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changed")
    void nullsOfAPatchAreRefusedByNameWhereThereMustBeAValue(String name, ResourceType type) {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        List<String> expected = new ArrayList<>();
        for (Attribute attribute : type.attributes().values()) {
            if (attribute.onUpdate() != Rule.READ_ONLY && !attribute.nullable()) {
                attributes.putNull(attribute.name());
                expected.add("422 /data/attributes/" + attribute.name());
            }
        }
        if (!expected.isEmpty()) {
            HttpResponse<String> answer = send("PATCH", one(type), Tenant.document(name, attributes));
            assertThat(errors(answer)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changed")
    void everyWrongMemberOfAPatchIsNamed(String name, ResourceType type) {
        ObjectNode attributes = Json.MAPPER.createObjectNode().put("nope", 1);
        List<String> expected = new ArrayList<>(List.of("422 /data/attributes/nope"));
        for (Attribute attribute : type.attributes().values()) {
            // A payload is looked at when all else is right; some are looked at whole.
            if (!attribute.name().equals("payload") && !(attribute.kind() instanceof Kind.Special)) {
                attributes.set(attribute.name(), wrong(attribute));
                expected.add("422 /data/attributes/" + attribute.name());
            }
        }
        HttpResponse<String> answer = send("PATCH", one(type), Tenant.document(name, attributes));
        assertThat(errors(answer)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changed")
    void whatWasReadCanBeSentBack(String name, ResourceType type) {
        ObjectNode data = data(send("GET", one(type), null).body());
        HttpResponse<String> answer = send("PATCH", one(type), document(data));
        JsonNode written = ok(answer, 200);
        List<String> ignored = written.at("/meta/ignored")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        for (Attribute attribute : type.attributes().values()) {
            if (attribute.onUpdate() == Rule.READ_ONLY) {
                assertThat(ignored).anyMatch(at -> at.endsWith(attribute.name()));
            } else {
                assertThat(written.at("/data/attributes/" + attribute.name()))
                        .isEqualTo(data.at("/attributes/" + attribute.name()));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changed")
    void aChangeOfAnotherStateIsRefused(String name, ResourceType type) {
        HttpResponse<String> answer = send("PATCH", one(type), world.asking.update(type), "If-Match", "\"other\"");
        assertThat(errors(answer)).containsExactly("412 If-Match");
        if (type.methods().contains(ResourceType.Method.DELETE) && !name.equals("organizations")) {
            answer = send("DELETE", one(type), null, "If-Match", "\"other\"");
            assertThat(errors(answer)).containsExactly("412 If-Match");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("made")
    void aKeyIsGoodForOneRequest(String name, ResourceType type) {
        String body = world.asking.create(name);
        String key = UUID.randomUUID().toString();
        JsonNode first = ok(send("POST", type.path(), body, "Idempotency-Key", key), 201);
        HttpResponse<String> again = send("POST", type.path(), body, "Idempotency-Key", "\"" + key + "\"");
        assertThat(ok(again, 201).at("/data/id")).isEqualTo(first.at("/data/id"));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        HttpResponse<String> other = send("POST", type.path(), body + " ", "Idempotency-Key", key);
        assertThat(errors(other)).containsExactly("422 Idempotency-Key");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("made")
    void operationsAreAllOrNone(String name, ResourceType type) {
        String added = "{\"op\":\"add\",\"data\":" + Json.text(data(world.asking.create(name))) + "}";
        ObjectNode broken = data(world.asking.create(name));
        ((ObjectNode) broken.path("attributes")).put("nope", 1);
        String bad = "{\"op\":\"add\",\"data\":" + Json.text(broken) + "}";
        String third = "{\"op\":\"add\",\"data\":" + Json.text(data(world.asking.create(name))) + "}";
        long before = total(type);
        HttpResponse<String> answer =
                send("POST", "/operations", "{\"atomic:operations\":[" + added + "," + bad + "," + third + "]}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(errors(answer)).anyMatch(error -> error.contains("/atomic:operations/"));
        if (!name.equals("messageTemplates")) {
            assertThat(errors(answer)).containsExactly("422 /atomic:operations/1/data/attributes/nope");
        }
        assertThat(total(type)).isEqualTo(before);
    }

    private static long total(ResourceType type) {
        return json(send("GET", type.path(), null)).at("/meta/total").asLong();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("made")
    void bodiesThatAreNoDocuments(String name, ResourceType type) {
        for (String body : List.of("", "{", "[]", "null", "1", "{}{}")) {
            HttpResponse<String> answer = send("POST", type.path(), body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
        }
        for (String body : List.of("{}", "{\"data\":null}", "{\"data\":[]}", "{\"data\":{\"type\":3}}")) {
            assertThat(send("POST", type.path(), body).statusCode()).as(body).isEqualTo(422);
        }
        String deep = "{\"data\":" + "[".repeat(64) + "]".repeat(64) + "}";
        assertThat(send("POST", type.path(), deep).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changed")
    void linkingTwiceIsLinkingAndUnlinkingWhatIsNotLinkedIsDone(String name, ResourceType type) {
        for (Relation relation : type.relations().values()) {
            if (relation instanceof Relation.ToMany && relation.canChange()) {
                String path = one(type) + "/relationships/" + relation.name();
                String id = world.asking.ids.get(relation.target());
                String linkage = "{\"data\":[{\"type\":\"" + relation.target() + "\",\"id\":\"" + id + "\"}]}";
                for (int i = 0; i < 2; i++) {
                    assertThat(send("POST", path, linkage).statusCode()).isEqualTo(204);
                    assertThat(linked(path)).containsExactly(id);
                }
                for (int i = 0; i < 2; i++) {
                    assertThat(send("DELETE", path, linkage).statusCode()).isEqualTo(204);
                    assertThat(linked(path)).isEmpty();
                }
            }
        }
    }

    private static List<String> linked(String path) {
        return ok(send("GET", path, null), 200)
                .path("data")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }
}
