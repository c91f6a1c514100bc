package dev.parley.server.platform.jsonapi;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies of JSON:API requests, read as each declared type reads them for POST and PATCH, and as the document of each relationship.
 * The first byte chooses the type.
 */
public final class BodyFuzz implements FuzzTarget {

    private static final UUID ID = new UUID(0x0199_a000_0000_7000L, 0x8000_0000_0000_0001L);

    private final JsonMapper mapper = BodyParser.mapper(32);
    private final List<ResourceType> types = DeclaredTypes.all();

    @Override
    public void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ResourceType type = types.get((input[0] & 0xFF) % types.size());
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        switch (BodyParser.parse(mapper, body)) {
            case BodyParser.Parsed.Bad(Problem problem) -> Problematic.tell(List.of(problem), body.length);
            case BodyParser.Parsed.Document(JsonNode document) -> read(type, document, body.length);
        }
    }

    private static void read(ResourceType type, JsonNode document, int length) {
        WriteReader.Reading made = WriteReader.create(type, document);
        Problematic.tell(made.problems(), length);
        Problematic.tell(WriteReader.update(type, document, ID).problems(), length);
        Problematic.tell(WriteReader.update(type, document, null).problems(), length);
        type.relations()
                .values()
                .forEach(relation -> Problematic.tell(
                        LinkageReader.read(type, relation, ID, document).problems(), length));
        // What was read without a problem is complete.
        for (Attribute attribute : type.attributes().values()) {
            boolean needed = attribute.onCreate() == Attribute.Rule.REQUIRED;
            hold(!needed || !made.problems().isEmpty() || made.write().has(attribute.name()), "all that is required");
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.chosen(
                types.size(),
                "{\"data\":{\"attributes\":{\"sendBy\":\"A\",\"messageThreadId\":\"0199a000-0000-7000-8000-000000000001\","
                        + "\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"Hello\"}},\"metadata\":{\"a\":\"b\"},"
                        + "\"scheduledAt\":\"2026-05-07T14:20:46+00:00\"},\"type\":\"messages\"}}",
                "{\"data\":{\"type\":\"messageTemplates\",\"attributes\":{\"name\":\"n\",\"language\":\"en\",\"category\":"
                        + "\"MARKETING\",\"components\":[{\"type\":\"HEADER\",\"format\":\"Text\",\"text\":\"x\"},{\"type\":"
                        + "\"BODY\",\"text\":\"{{1}}\",\"example\":{\"body_text\":[[\"Ada\"]]}},{\"type\":\"BUTTONS\","
                        + "\"buttons\":[{\"type\":\"URL\",\"text\":\"t\",\"url\":\"https://x/{{1}}\"}]}]}}}",
                "{\"data\":{\"type\":\"candidates\",\"id\":\"0199a000-0000-7000-8000-000000000001\",\"attributes\":{"
                        + "\"phone\":\"1\",\"email\":null,\"fistName\":[1.5e3]},\"relationships\":{\"candidateStatus\":{"
                        + "\"data\":[{\"type\":\"candidateStatuses\",\"id\":\"x\"}]},\"users\":{\"data\":[]}}}}",
                "{\"data\":{\"type\":\"channelAccounts\",\"attributes\":{\"channel\":\"whatsapp\",\"provider\":"
                        + "\"whatsapp-cloud\",\"settings\":{\"baseUrl\":\"http://x\"},\"messagesPerSecond\":80}}}",
                "{\"data\":{\"type\":\"webhooks\",\"attributes\":{\"resource\":\"Messages\",\"event\":\"UPDATE\",\"fields\":["
                        + "\"deliveryStatus\"],\"webhookUrl\":\"https://x\",\"active\":false}}}",
                "{\"data\":{\"type\":\"users\",\"attributes\":{\"firstName\":\"\\ud800\",\"lastName\":\"\\u0000\","
                        + "\"timeZone\":\"Europe/Berlin\"}},\"@x\":{},\"a:b\":1}",
                "{\"data\":[{\"type\":\"toyRaces\",\"id\":\"0199a000-0000-7000-8000-000000000001\"}]}",
                "{\"data\":{\"type\":\"toyCars\",\"attributes\":{\"name\":\"n\",\"wheels\":4,\"broken\":true,\"soldAt\":"
                        + "\"2024-05-07T14:20:46+02:00\",\"size\":\"SMALL\",\"labels\":[\"a\"],\"plate\":\"P1\",\"box\":{}}}}");
    }
}
