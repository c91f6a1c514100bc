package dev.parley.server.platform.jsonapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a document whose {@code data} is many resources to make, each of which is right or wrong for itself. */
public final class Many {

    private Many() {}

    /** One of them as POST would read it, with everything that is wrong with it. */
    public record Item(Write write, List<Problem> problems) {}

    /** What a document is. */
    public sealed interface Read {
        /** In order; at least one. */
        record Items(List<Item> items) implements Read {}

        /** Not a document of many. */
        record Bad(Problem problem) implements Read {}
    }

    /**
     * Reads it.
     *
     * @param handler checks more than the declaration says
     * @param most how many there may be
     */
    public static Read read(ResourceType type, ResourceHandler handler, JsonNode document, int most) {
        JsonNode data = document.path("data");
        if (data.isMissingNode()) {
            return new Read.Bad(Problem.at(ProblemCode.MISSING_MEMBER, "", "Give the member data."));
        }
        for (String name : document.propertyNames()) {
            if (!WriteReader.TOP.contains(name) && !Names.mayStandAnywhere(name)) {
                String pointer = "/" + Names.token(name);
                Problem unknown =
                        Problem.at(ProblemCode.UNKNOWN_ATTRIBUTE, pointer, "There is no member " + name + " here.");
                return new Read.Bad(unknown.suggesting(name, Set.of("data")));
            }
        }
        if (!data.isArray() || data.isEmpty() || data.size() > most) {
            String detail = "Write an array of 1 to " + most + " resources of type " + type.type() + ".";
            return new Read.Bad(Problem.at(ProblemCode.INVALID_VALUE, "/data", detail));
        }
        List<Item> items = new ArrayList<>(data.size());
        for (JsonNode one : data) {
            ObjectNode alone = JsonNodeFactory.instance.objectNode();
            alone.set("data", one);
            WriteReader.Reading reading = WriteReader.create(type, alone);
            List<Problem> problems = new ArrayList<>(reading.problems());
            problems.addAll(handler.validate(reading.write(), true));
            items.add(new Item(reading.write(), problems));
        }
        return new Read.Items(items);
    }

    /** A problem of one item, where it stands among all. */
    static Problem placed(Problem problem, int index) {
        return problem.source() instanceof Problem.Source.Pointer(String pointer) && pointer.startsWith("/data")
                ? new Problem(
                        problem.code(),
                        problem.detail(),
                        new Problem.Source.Pointer("/data/" + index + pointer.substring("/data".length())),
                        problem.meta())
                : problem;
    }
}
