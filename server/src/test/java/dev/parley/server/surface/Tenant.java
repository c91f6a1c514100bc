package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An organization with one of everything. Its texts hold its mark, its numbers begin with its digits. */
@NullUnmarked
final class Tenant {

    final World world;
    final String mark;
    final String digits;
    final String id;
    final String token;

    /** The id of a resource, by type. */
    final Map<String, String> ids = new LinkedHashMap<>();

    private final AtomicInteger count = new AtomicInteger(1000);

    Tenant(World world, String mark, String digits) {
        this.world = world;
        this.mark = mark;
        this.digits = digits;
        JsonNode made = world.server.make(
                "/management/organizations",
                World.PARTNER,
                "organizations",
                Map.of("name", mark, "webhookSecret", mark));
        id = made.path("id").asString();
        token = made.at("/attributes/token").asString();
        ids.put("organizations", id);
        world.server.control(
                "/numbers",
                Map.of(
                        "phoneNumberId", digits + "1001",
                        "wabaId", digits,
                        "displayPhoneNumber", digits + "1001",
                        "appSecret", mark + "-secret",
                        "callbackUrl", world.receiver.url("/none")));
    }

    /** Makes one of everything that can be made, and finds one of all else, which the server makes of it. */
    Tenant fill() {
        for (ResourceType type : Examples.inOrder(world.server.types())) {
            ids.put(type.type(), make(type.type(), type.path()));
        }
        // The webhook is told of this one.
        make("candidates", "/candidates");
        for (ResourceType type : world.server.types()) {
            if (!ids.containsKey(type.type())) {
                await().until(() -> !list(type.path()).isEmpty());
                ids.put(type.type(), list(type.path()).get(0).path("id").asString());
            }
        }
        return this;
    }

    /** What a list has, newest first. */
    JsonNode list(String path) {
        HttpResponse<String> answer = world.call("GET", path, token, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).path("data");
    }

    /** Makes one more, and returns its id. */
    String make(String type, String path) {
        HttpResponse<String> answer = world.call("POST", path, token, create(type));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.MAPPER.readTree(answer.body()).at("/data/id").asString();
    }

    /** The body of a POST that this organization may send. */
    String create(String type) {
        return document(type, attributes(type));
    }

    /** The attributes of such a body. */
    ObjectNode attributes(String type) {
        return (ObjectNode) Json.MAPPER.readTree(expand(Examples.of(type)));
    }

    /** The body of a PATCH that this organization may send: what of the example can be changed. */
    String update(ResourceType type) {
        return document(type.type(), changes(type));
    }

    /** The attributes of such a body. */
    ObjectNode changes(ResourceType type) {
        if (type.type().equals("organizations")) {
            return Json.MAPPER.createObjectNode().put("name", mark);
        }
        ObjectNode changes = type.methods().contains(ResourceType.Method.CREATE)
                ? attributes(type.type())
                : Json.MAPPER.createObjectNode();
        type.attributes().values().stream()
                .filter(attribute -> !Examples.changes(attribute))
                .forEach(attribute -> changes.remove(attribute.name()));
        return changes;
    }

    static String document(String type, ObjectNode attributes) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.putObject("data").put("type", type).set("attributes", attributes);
        return Json.text(document);
    }

    private String expand(String text) {
        String number = digits + count.incrementAndGet();
        String expanded = text.replace("{mark}", mark)
                .replace("{number}", number)
                .replace("{word}", mark + number)
                .replace("{account}", digits)
                .replace("{simulator}", world.server.simulatorUrl())
                .replace("{receiver}", world.receiver.url(""));
        for (Map.Entry<String, String> resource : ids.entrySet()) {
            expanded = expanded.replace("{" + resource.getKey() + "}", resource.getValue());
        }
        return expanded;
    }
}
