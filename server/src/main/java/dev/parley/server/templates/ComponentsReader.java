package dev.parley.server.templates;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the components of a template to be made, and finds what its provider would refuse, so that it need not be asked. Sources:
 * Meta's pages "template components" and "template management". Used once.
 */
final class ComponentsReader {

    static final int MAX_BODY = 1024;
    static final int MAX_HEADER = 60;
    static final int MAX_FOOTER = 60;

    private static final Set<String> TYPES = Set.of("HEADER", "BODY", "FOOTER", "BUTTONS");
    private static final Set<String> MEDIA = Set.of("IMAGE", "VIDEO", "GIF", "DOCUMENT");
    private static final Set<String> KNOWN = Set.of(
            "type", "text", "format", "example", "buttons", "add_security_recommendation", "code_expiration_minutes");

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> variables = new HashSet<>();

    private ComponentsReader() {}

    /** The components, types and formats in capitals; or everything that is wrong with them. */
    static Parsed parse(JsonNode value, String pointer) {
        ComponentsReader reader = new ComponentsReader();
        if (!(value.deepCopy() instanceof ArrayNode components) || components.isEmpty()) {
            reader.refuse(pointer, "Write an array of components; one of them is the BODY.");
            return new Parsed.Bad(reader.problems);
        }
        for (int i = 0; i < components.size(); i++) {
            reader.component(components.get(i), pointer + "/" + i);
        }
        if (!reader.seen.contains("BODY")) {
            reader.refuse(pointer, "Add a component of type BODY with a text.");
        }
        if (Variables.named(reader.variables) && reader.variables.stream().anyMatch(name -> name.matches("[0-9]+"))) {
            reader.refuse(pointer, "Give the variables of all components numbers, or all of them names.");
        }
        return reader.problems.isEmpty() ? new Parsed.Value(components) : new Parsed.Bad(reader.problems);
    }

    private void component(JsonNode node, String pointer) {
        if (!(node instanceof ObjectNode component)) {
            refuse(pointer, "Write a component as an object with type.");
            return;
        }
        String type = capitals(component, "type");
        if (type == null || !TYPES.contains(type)) {
            refuse(at(component, "type", pointer), "Write a type: HEADER, BODY, FOOTER or BUTTONS.");
            return;
        }
        if (!seen.add(type)) {
            refuse(pointer + "/type", "There is a " + type + " already: a template has one at most.");
        }
        for (String name : component.propertyNames()) {
            if (!KNOWN.contains(name) && !Problem.enough(problems)) {
                problems.add(Problem.at(
                        ProblemCode.UNKNOWN_ATTRIBUTE,
                        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                        "A component has no member " + name + ". Leave it out."));
            }
        }
        switch (type) {
            case "HEADER" -> header(component, pointer);
            case "BODY" -> body(component, pointer);
            case "FOOTER" -> footer(component, pointer);
            default -> problems.addAll(ButtonsReader.problems(component, pointer));
        }
    }

    private void header(ObjectNode header, String pointer) {
        String format = capitals(header, "format");
        if (format == null && header.has("text")) {
            header.put("format", "TEXT");
            format = "TEXT";
        }
        if ("TEXT".equals(format)) {
            String text = text(header, MAX_HEADER, pointer);
            if (text != null && Variables.of(text).size() > 1) {
                refuse(pointer + "/text", "Use one variable in a header at most.");
            } else if (text != null) {
                variables(header, text, "header_text", pointer);
            }
        } else if (format != null && MEDIA.contains(format)) {
            JsonNode handle = header.path("example").path("header_handle").path(0);
            if (!handle.isString() || handle.stringValue().isEmpty()) {
                refuse(
                        at(header, "example", pointer),
                        "Give example.header_handle: [\"…\"], a handle of a sample file.");
            }
        } else if (!"LOCATION".equals(format)) {
            refuse(
                    at(header, "format", pointer),
                    "Write the header's format: TEXT, IMAGE, VIDEO, GIF, DOCUMENT or LOCATION.");
        }
    }

    private void body(ObjectNode body, String pointer) {
        if (!body.has("text") && body.path("add_security_recommendation").isBoolean()) {
            return;
        }
        String text = text(body, MAX_BODY, pointer);
        if (text == null) {
            return;
        }
        if (Variables.atAnEnd(text)) {
            refuse(pointer + "/text", "Put words before the first and after the last variable of the body.");
        }
        variables(body, text, "body_text", pointer);
    }

    private void footer(ObjectNode footer, String pointer) {
        if (!footer.has("text") && footer.path("code_expiration_minutes").isIntegralNumber()) {
            return;
        }
        String text = text(footer, MAX_FOOTER, pointer);
        if (text != null && !Variables.of(text).isEmpty()) {
            refuse(pointer + "/text", "Take the variables out of the footer: it can have none.");
        }
    }

    private @Nullable String text(ObjectNode component, int most, String pointer) {
        JsonNode text = component.path("text");
        if (!text.isString() || text.stringValue().isBlank()) {
            refuse(at(component, "text", pointer), "Write text, 1 to " + most + " characters.");
            return null;
        }
        String value = text.stringValue();
        int length = value.codePointCount(0, value.length());
        if (length > most) {
            refuse(pointer + "/text", "Write at most " + most + " characters; these are " + length + ".");
            return null;
        }
        return value;
    }

    private void variables(ObjectNode component, String text, String member, String pointer) {
        Set<String> found = Variables.of(text);
        String problem = Variables.problem(text);
        if (problem != null) {
            refuse(pointer + "/text", problem);
            return;
        }
        if (found.isEmpty()) {
            return;
        }
        variables.addAll(found);
        if (Variables.named(found)) {
            named(component, found, member + "_named_params", pointer);
            return;
        }
        JsonNode given = component.path("example").path(member);
        JsonNode row = member.equals("body_text") ? given.path(0) : given;
        boolean fits = row.isArray()
                && row.size() == found.size()
                && row.valueStream()
                        .allMatch(example ->
                                example.isString() && !example.stringValue().isEmpty());
        if (!fits) {
            String form = member.equals("body_text") ? "[[\"…\"]]" : "[\"…\"]";
            refuse(
                    at(component, "example", pointer),
                    "Give example." + member + ": " + form + " with " + found.size()
                            + " texts, one for each variable.");
        }
    }

    private void named(ObjectNode component, Set<String> found, String member, String pointer) {
        Set<String> given = new HashSet<>();
        for (JsonNode one : component.path("example").path(member)) {
            if (!one.path("example").asString("").isEmpty()) {
                given.add(one.path("param_name").asString(""));
            }
        }
        if (!given.equals(found)) {
            refuse(
                    at(component, "example", pointer),
                    "Give example." + member
                            + ": [{\"param_name\": \"…\", \"example\": \"…\"}], one for each variable.");
        }
    }

    private static @Nullable String capitals(ObjectNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isString()) {
            return null;
        }
        String upper = value.stringValue().toUpperCase(Locale.ROOT);
        node.put(member, upper);
        return upper;
    }

    /** The pointer of a member that is there, else of the object that should hold it. */
    private static String at(ObjectNode node, String member, String pointer) {
        return node.has(member) ? pointer + "/" + member : pointer;
    }

    private void refuse(String pointer, String detail) {
        problems.add(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail));
    }
}
