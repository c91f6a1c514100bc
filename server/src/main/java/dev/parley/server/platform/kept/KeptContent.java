package dev.parley.server.platform.kept;

import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Answers;
import dev.parley.server.platform.jsonapi.Uuids;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of an answer what may be kept of it. Used once. */
final class KeptContent {

    private final Answers answers;
    private final Set<UUID> resources = new LinkedHashSet<>();

    private KeptContent(Answers answers) {
        this.answers = answers;
    }

    static KeptAnswer of(HttpAnswer answer, Answers answers) {
        byte[] body = answer.body();
        KeptContent content = new KeptContent(answers);
        if (body.length > 0) {
            JsonNode document = Json.MAPPER.readTree(body);
            content.visit(document);
            body = Json.text(document).getBytes(StandardCharsets.UTF_8);
        }
        return new KeptAnswer(answer.status(), answer.headers().get("Location"), body, List.copyOf(content.resources));
    }

    private void visit(JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode type = object.get("type");
            JsonNode id = object.get("id");
            if (type != null && type.isString() && id != null && id.isString()) {
                resource(object, type.stringValue(), Uuids.parse(id.stringValue()));
            }
        }
        node.forEach(this::visit);
    }

    private void resource(ObjectNode object, String type, @Nullable UUID id) {
        if (id != null) {
            resources.add(id);
        }
        if (object.get("attributes") instanceof ObjectNode attributes) {
            answers.shownOnce(type).stream().filter(attributes::has).forEach(attributes::putNull);
        }
    }
}
