package dev.parley.server.payloads;

import dev.parley.connector.Capabilities.Feature;
import dev.parley.connector.Content;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A text with something to tap on, in WhatsApp's own shape and within WhatsApp's limits, also on other channels, so that the
 * same payload can go to any of them. A header is a text; pictures as headers are not served.
 */
public final class InteractivePayload implements PayloadKind {

    private static final String TYPE = "interactive";
    private static final String TEXT = "text";
    private static final int BODY = 1_024;
    private static final int MENU_BODY = 4_096;
    private static final int SHORT = 60;

    private static final Map<String, Feature> FEATURES = Map.of(
            InteractiveActions.BUTTONS, Feature.BUTTONS,
            InteractiveActions.MENU, Feature.MENU,
            InteractiveActions.LINK, Feature.LINK,
            InteractiveActions.LOCATION_REQUEST, Feature.LOCATION_REQUEST);

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Parsed read(ObjectNode payload, String pointer) {
        List<Problem> problems = new ArrayList<>(Members.unknown(payload, Set.of("type", TYPE), pointer));
        String member = Members.member(pointer, TYPE);
        Fields fields =
                Fields.of(payload.get(TYPE), member, problems, Set.of("type", "header", "body", "footer", "action"));
        String type = fields.has("type") ? fields.text("type", SHORT).toLowerCase(Locale.ROOT) : "";
        Feature feature = FEATURES.get(type);
        if (feature == null) {
            String types = " a type that can be sent: "
                    + String.join(", ", FEATURES.keySet().stream().sorted().toList()) + ".";
            if (fields.has("type")) {
                fields.problem(ProblemCode.INVALID_VALUE, "type", "Write" + types);
            } else if (payload.get(TYPE) instanceof ObjectNode) {
                fields.missing("type", "Give" + types);
            }
            return new Parsed.Value(Payload.bad(payload, problems));
        }
        ObjectNode content = Json.MAPPER.createObjectNode().put("type", TYPE);
        ObjectNode interactive = content.putObject(TYPE).put("type", type);
        boolean plain = type.equals(InteractiveActions.LOCATION_REQUEST);
        header(fields, interactive, plain);
        part(fields, "body", type.equals(InteractiveActions.MENU) ? MENU_BODY : BODY, interactive);
        if (fields.has("footer") && refuse(fields, "footer", plain)) {
            part(fields, "footer", SHORT, interactive);
        }
        InteractiveActions.read(type, fields, interactive, problems);
        return new Parsed.Value(
                problems.isEmpty()
                        ? Payload.freeForm(content, new Needs(feature, "interactive messages of this type", member))
                        : Payload.bad(payload, problems));
    }

    private static void header(Fields fields, ObjectNode to, boolean plain) {
        if (!fields.has("header") || !refuse(fields, "header", plain)) {
            return;
        }
        Fields header = fields.object("header", Set.of("type", TEXT));
        if (header.has("type") && !header.text("type", SHORT).equalsIgnoreCase(TEXT)) {
            header.problem(ProblemCode.INVALID_VALUE, "type", "Write text: other headers are not served.");
        }
        to.putObject("header").put("type", TEXT).put(TEXT, header.text(TEXT, SHORT));
    }

    /** Whether it may stay. */
    private static boolean refuse(Fields fields, String name, boolean plain) {
        if (plain) {
            fields.problem(ProblemCode.INVALID_VALUE, name, "A request for a location has a body alone. Leave it out.");
        }
        return !plain;
    }

    private static void part(Fields fields, String name, int most, ObjectNode to) {
        to.putObject(name).put(TEXT, fields.object(name, Set.of(TEXT)).text(TEXT, most));
    }

    @Override
    public Content content(JsonNode stored) {
        JsonNode interactive = stored.path(TYPE);
        Content.Prompt prompt = new Content.Prompt(
                text(interactive, "header"),
                interactive.path("body").path(TEXT).asString(),
                text(interactive, "footer"));
        return new Content.Interactive(prompt, InteractiveActions.content(interactive));
    }

    private static @Nullable String text(JsonNode interactive, String name) {
        return interactive.has(name) ? interactive.path(name).path(TEXT).asString() : null;
    }
}
