package dev.parley.server.payloads;

import dev.parley.connector.Capabilities.Feature;
import dev.parley.connector.Content;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A place on the map: degrees, and optionally a name and an address of 1,000 characters at most. */
public final class LocationPayload implements PayloadKind {

    private static final String TYPE = "location";
    private static final int LONGEST = 1_000;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Parsed read(ObjectNode payload, String pointer) {
        List<Problem> problems = new ArrayList<>(Members.unknown(payload, Set.of("type", TYPE), pointer));
        String member = Members.member(pointer, TYPE);
        Fields fields =
                Fields.of(payload.get(TYPE), member, problems, Set.of("latitude", "longitude", "name", "address"));
        ObjectNode content = Json.MAPPER.createObjectNode().put("type", TYPE);
        ObjectNode location = content.putObject(TYPE);
        location.put("latitude", fields.degrees("latitude", 90)).put("longitude", fields.degrees("longitude", 180));
        for (String name : List.of("name", "address")) {
            String text = fields.optional(name, LONGEST);
            if (text != null) {
                location.put(name, text);
            }
        }
        return new Parsed.Value(
                problems.isEmpty()
                        ? Payload.freeForm(content, new Needs(Feature.LOCATION, "locations", member))
                        : Payload.bad(payload, problems));
    }

    @Override
    public Content content(JsonNode stored) {
        JsonNode location = stored.path(TYPE);
        return new Content.Location(
                location.path("latitude").doubleValue(),
                location.path("longitude").doubleValue(),
                text(location, "name"),
                text(location, "address"));
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.path(name).asString() : null;
    }
}
