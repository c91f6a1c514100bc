package dev.parley.server.payloads;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.DeclaredTypes;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Payloads of messages: what is taken is stored in one form, which is taken again as the same, and can be said. */
public final class PayloadFuzz implements FuzzTarget {

    private static final String AT = "/data/attributes/payload";

    private final Payloads payloads = DeclaredTypes.payloads();

    @Override
    public void take(byte[] input) {
        JsonNode given;
        try {
            given = Json.MAPPER.readTree(input);
        } catch (JacksonException none) {
            return;
        }
        switch (payloads.parse(given, AT)) {
            case Parsed.Bad(List<Problem> problems) -> hold(!problems.isEmpty(), "a reason");
            case Parsed.Value(Object value) -> taken((Payload) value);
        }
    }

    private void taken(Payload payload) {
        if (!payload.problems().isEmpty() || payload.preparation() != null) {
            return;
        }
        String stored = payload.json();
        hold(payload.equalTo(stored), "equal to itself");
        hold(
                payloads.parse(Json.MAPPER.readTree(stored), AT) instanceof Parsed.Value(Payload again)
                        && again.equalTo(stored),
                "the same when it is sent back");
        for (UUID reference : payloads.references(stored)) {
            hold(reference.version() >= 0, "an id");
        }
        hold(payloads.content(stored, id -> "provider-" + id) != null, "something to say");
    }

    @Override
    public List<byte[]> seeds() {
        String id = "0199a000-0000-7000-8000-000000000001";
        return Seeds.of(
                "{\"type\":\"text\",\"text\":{\"value\":\"Hello\"}}",
                "{\"type\":\"TEXT\",\"attributes\":{\"value\":\"Hello\"},\"send_by\":\"J\"}",
                "{\"type\":\"text\",\"text\":{\"value\":\"x\"},\"context\":{\"messageId\":\"" + id + "\"}}",
                "{\"type\":\"location\",\"location\":{\"latitude\":52.5,\"longitude\":-13.25,\"name\":\"n\",\"address\":\"a\"}}",
                "{\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"B\",\"first_name\":\"B\"},\"phones\":["
                        + "{\"phone\":\"+1\",\"type\":\"CELL\"}],\"emails\":[{\"email\":\"a@b\"}]}]}",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + id + "\",\"emoji\":\"\\ud83d\\ude00\"}}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"header\":{\"type\":\"text\",\"text\":\"h\"},"
                        + "\"body\":{\"text\":\"b\"},\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"1\","
                        + "\"title\":\"t\"}}]}}}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"list\",\"body\":{\"text\":\"b\"},\"footer\":{\"text\":"
                        + "\"f\"},\"action\":{\"button\":\"x\",\"sections\":[{\"title\":\"s\",\"rows\":[{\"id\":\"1\",\"title\":"
                        + "\"t\",\"description\":\"d\"}]}]}}}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"cta_url\",\"body\":{\"text\":\"b\"},\"action\":{\"name\":"
                        + "\"cta_url\",\"parameters\":{\"display_text\":\"t\",\"url\":\"https://example.org\"}}}}",
                "{\"type\":\"template\",\"template\":{\"id\":\"" + id
                        + "\",\"components\":[{\"type\":\"body\",\"parameters\":["
                        + "{\"type\":\"text\",\"text\":\"Ada\"}]}]}}",
                "{\"type\":\"image\",\"image\":{\"data\":\"QUJD\",\"mime_type\":\"image/png\",\"filename\":\"x\",\"caption\":\"\"}}");
    }
}
