package dev.parley.server.payloads;

import dev.parley.connector.Content;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Text, in both forms that callers write. A text of blanks is a text: it has a character. */
final class TextPayload implements PayloadKind {

    static final String TYPE = "text";
    /** The member of the older form that holds the same content. */
    private static final String OLDER = "attributes";

    private static final String VALUE = "value";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Content content(JsonNode stored) {
        return new Content.Text(stored.path(TYPE).path(VALUE).asString());
    }

    @Override
    public Parsed read(ObjectNode payload, String pointer) {
        JsonNode content = payload.get(TYPE);
        JsonNode older = payload.get(OLDER);
        if (content != null && older != null && !content.equals(older)) {
            return Members.bad(
                    ProblemCode.INVALID_VALUE,
                    Members.member(pointer, OLDER),
                    "This is the older form of text, which is given with another value. Leave it out.");
        }
        JsonNode given = content == null ? older : content;
        String member = Members.member(pointer, content == null ? OLDER : TYPE);
        if (given == null) {
            return Members.bad(ProblemCode.MISSING_MEMBER, pointer, "Give the payload a text: {\"value\": …}.");
        }
        JsonNode value = given.get(VALUE);
        Problem problem = problem(given, value, member);
        return problem != null || value == null
                ? new Parsed.Bad(problem == null ? List.of() : List.of(problem))
                : new Parsed.Value(payload(payload, (ObjectNode) given, value.stringValue(), pointer, member));
    }

    private static @Nullable Problem problem(JsonNode content, @Nullable JsonNode value, String pointer) {
        if (!content.isObject()) {
            return Problem.at(ProblemCode.INVALID_VALUE, pointer, "Write an object with value.");
        }
        if (value == null) {
            return Problem.at(ProblemCode.MISSING_MEMBER, pointer, "Give value, the text.");
        }
        return value.isString() && !value.stringValue().isEmpty()
                ? null
                : Problem.at(
                        ProblemCode.INVALID_VALUE,
                        Members.member(pointer, VALUE),
                        "Write a string of 1 character at least, to the limit of the thread's channel.");
    }

    private static Payload payload(ObjectNode payload, ObjectNode content, String text, String pointer, String member) {
        List<Problem> unknown = new ArrayList<>(Members.unknown(payload, Set.of("type", TYPE, OLDER), pointer));
        unknown.addAll(Members.unknown(content, Set.of(VALUE), member));
        if (!unknown.isEmpty()) {
            return Payload.bad(payload, unknown);
        }
        ObjectNode one = Json.MAPPER.createObjectNode();
        one.put("type", TYPE);
        one.putObject(TYPE).put(VALUE, text);
        return Payload.freeForm(one, new TextLength(text.length(), Members.member(member, VALUE), "text"));
    }
}
