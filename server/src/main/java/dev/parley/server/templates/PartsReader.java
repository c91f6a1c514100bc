package dev.parley.server.templates;

import dev.parley.connector.TemplatePart;
import dev.parley.connector.TemplatePart.Kind;
import dev.parley.connector.TemplatePart.Parameter;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the components of a template's send: what a caller wrote, and what was stored of it. Used once. */
final class PartsReader {

    private static final int MOST_COMPONENTS = 20;
    private static final int MOST_PARAMETERS = 100;
    private static final int MAX_INDEX = 9;
    private static final Set<String> MEMBERS = Set.of("type", "parameters", "sub_type", "index");

    private final List<Problem> problems = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    /** A component, and where it stands. */
    record Part(TemplatePart part, String pointer) {}

    /** What was read; without problems only if there are none. */
    record Read(List<Part> parts, List<Problem> problems) {}

    private PartsReader() {}

    /** @param components an array; missing or null for none */
    static Read read(JsonNode components, String pointer) {
        PartsReader reader = new PartsReader();
        if (components.isMissingNode() || components.isNull()) {
            return new Read(List.of(), List.of());
        }
        if (!components.isArray() || components.size() > MOST_COMPONENTS) {
            reader.refuse(pointer, "Write components as an array, or leave them out.");
        } else {
            for (int i = 0; i < components.size(); i++) {
                reader.component(components.get(i), pointer + "/" + i);
            }
        }
        return new Read(reader.parts, reader.problems);
    }

    private void component(JsonNode node, String pointer) {
        if (!(node instanceof ObjectNode component)) {
            refuse(pointer, "Write a component as an object with type and parameters.");
            return;
        }
        for (String name : component.propertyNames()) {
            if (!MEMBERS.contains(name) && !Problem.enough(problems)) {
                problems.add(Problem.at(
                        ProblemCode.UNKNOWN_ATTRIBUTE,
                        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                        "A component has no member " + name + ". Leave it out."));
            }
        }
        String type = component.path("type").asString("").toLowerCase(Locale.ROOT);
        JsonNode parameters = component.path("parameters");
        boolean none = parameters.isMissingNode() || parameters.isNull();
        if (!none && (!parameters.isArray() || parameters.size() > MOST_PARAMETERS)) {
            refuse(pointer + "/parameters", "Write parameters as an array, or leave them out.");
            return;
        }
        switch (type) {
            case "header" -> add(Kind.HEADER, null, 0, parameters, pointer);
            case "body" -> add(Kind.BODY, null, 0, parameters, pointer);
            case "button" -> button(component, parameters, pointer);
            case "footer" -> {
                if (!none && !parameters.isEmpty()) {
                    refuse(
                            pointer + "/parameters",
                            "Component footer takes 0 parameters, not " + parameters.size() + ".");
                }
            }
            default ->
                refuse(
                        component.has("type") ? pointer + "/type" : pointer,
                        "Write the type of component: header, body, footer or button.");
        }
    }

    private void button(ObjectNode component, JsonNode parameters, String pointer) {
        String type = component.path("sub_type").asString("").toLowerCase(Locale.ROOT);
        String index = component.path("index").asString("");
        if (type.isEmpty() || !index.matches("[0-9]")) {
            refuse(pointer, "Give a button sub_type, such as url, and index, its place from 0 to " + MAX_INDEX + ".");
            return;
        }
        add(Kind.BUTTON, type, Integer.parseInt(index), parameters, pointer);
    }

    private void add(Kind kind, @Nullable String button, int index, JsonNode parameters, String pointer) {
        List<Parameter> read = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            ParameterReader.Read one =
                    ParameterReader.read(parameters.get(i), kind == Kind.BUTTON, pointer + "/parameters/" + i);
            if (one.parameter() != null) {
                read.add(one.parameter());
            }
            problems.addAll(one.problems());
        }
        parts.add(new Part(new TemplatePart(kind, button, index, read), pointer));
    }

    private void refuse(String pointer, String detail) {
        problems.add(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail));
    }
}
