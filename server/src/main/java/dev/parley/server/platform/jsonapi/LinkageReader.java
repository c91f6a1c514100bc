package dev.parley.server.platform.jsonapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the document of one relationship as if it stood in a PATCH of its resource, so that the same rules hold, and brings
 * the pointers of problems back to where things stand in the request.
 */
final class LinkageReader {

    private LinkageReader() {}

    /** What was valid, and what wasn't. */
    static WriteReader.Reading read(ResourceType type, Relation relation, UUID id, JsonNode document) {
        List<Problem> problems = form(document);
        if (!problems.isEmpty()) {
            return new WriteReader.Reading(new Write(), problems);
        }
        ObjectNode whole = within(type, relation.name(), document.path("data"));
        WriteReader.Reading reading = WriteReader.update(type, whole, id);
        return new WriteReader.Reading(reading.write(), placed(relation.name(), reading.problems()));
    }

    /** The document of a PATCH that has this relationship and nothing else. */
    static ObjectNode within(ResourceType type, String relation, JsonNode linkage) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode resource = document.putObject("data").put("type", type.type());
        resource.putObject("relationships").putObject(relation).set("data", linkage);
        return document;
    }

    /** Problems of that document, as they are in the relationship's own. */
    static List<Problem> placed(String relation, List<Problem> problems) {
        return problems.stream().map(problem -> placed(relation, problem)).toList();
    }

    private static Problem placed(String relation, Problem problem) {
        return problem.source() instanceof Problem.Source.Pointer(String pointer)
                ? new Problem(
                        problem.code(),
                        problem.detail(),
                        new Problem.Source.Pointer(inDocument(relation, pointer)),
                        problem.meta())
                : problem;
    }

    private static String inDocument(String relation, String pointer) {
        String before = "/data/relationships/" + relation;
        return pointer.startsWith(before) ? pointer.substring(before.length()) : pointer;
    }

    /** What a checked write does to a relationship to many. */
    static LinkageChange change(Operation.Code code, Relation relation, Write write) {
        String name = relation.name();
        var linked = Objects.requireNonNullElseGet(write.linked(name), LinkedHashMap<UUID, String>::new);
        return switch (code) {
            case ADD -> new LinkageChange.Add(name, linked);
            case UPDATE -> new LinkageChange.Replace(name, linked);
            case REMOVE -> new LinkageChange.Remove(name, linked);
        };
    }

    private static List<Problem> form(JsonNode document) {
        if (!document.isObject()) {
            return List.of(Problem.at(ProblemCode.MALFORMED_JSON, "", "Write an object with the member data."));
        }
        List<Problem> problems = new ArrayList<>();
        if (!document.has("data")) {
            problems.add(Problem.at(ProblemCode.MISSING_MEMBER, "", "Give the member data."));
        }
        for (String name : document.propertyNames()) {
            if (!WriteReader.TOP.contains(name) && !Problem.enough(problems) && !Names.mayStandAnywhere(name)) {
                String pointer = "/" + Names.token(name);
                problems.add(Problem.at(ProblemCode.UNKNOWN_ATTRIBUTE, pointer, "There is no member " + name + " here.")
                        .suggesting(name, Set.of("data")));
            }
        }
        return problems;
    }

    /** Why a relationship that cannot be changed is not. */
    static String readOnly(ResourceType type, Relation relation) {
        return "The relationship " + relation.name() + " of " + type.type()
                + " is read-only; it follows from other calls. Leave it as it is.";
    }
}
