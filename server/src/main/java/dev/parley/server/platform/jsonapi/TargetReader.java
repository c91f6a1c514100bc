package dev.parley.server.platform.jsonapi;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what an operation is done to: its {@code ref}, its {@code href}, or what its {@code data} names. */
final class TargetReader {

    private static final String RELATIONSHIPS = "/relationships/";
    private static final String[] NONE = {};

    private final Map<String, Operand> operands;
    private final String basePath;
    private final List<Problem> problems;

    TargetReader(Map<String, Operand> operands, String basePath, List<Problem> problems) {
        this.operands = operands;
        this.basePath = basePath;
        this.problems = problems;
    }

    /** @param relationship of the target that is meant; null for the target itself */
    record Place(
            Operand operand,
            Operation.@Nullable Target target,
            @Nullable String relationship) {}

    @Nullable
    Place read(Operation.Code code, JsonNode node, String pointer) {
        JsonNode ref = node.get("ref");
        JsonNode href = node.get("href");
        boolean adding = code == Operation.Code.ADD;
        if (ref != null && href != null) {
            return bad(pointer + "/href", "Give ref or href, not both.");
        }
        if (href != null) {
            return ofPath(href.asString(""), code, node.path("data"), pointer);
        }
        if (ref != null) {
            return ofReference(code, ref, pointer + "/ref");
        }
        if (code == Operation.Code.REMOVE) {
            return bad(pointer, "Give ref, with type and id.");
        }
        return node.has("data")
                ? named(node.path("data"), adding, pointer + "/data")
                : bad(pointer, "Give the member data.");
    }

    private @Nullable Place named(JsonNode resource, boolean adding, String pointer) {
        Operand operand = operand(resource.path("type").asString(""), pointer);
        if (operand == null || adding) {
            return operand == null ? null : new Place(operand, null, null);
        }
        Operation.Target target = OperationReader.target(resource);
        return target == null ? bad(pointer, "Give id, a UUID, or lid.") : new Place(operand, target, null);
    }

    private @Nullable Place ofReference(Operation.Code code, JsonNode ref, String pointer) {
        Place resource = named(ref, false, pointer);
        JsonNode relationship = ref.get("relationship");
        if (resource == null || relationship == null) {
            return resource == null || code != Operation.Code.ADD
                    ? resource
                    : bad(pointer, "Leave ref out: what is added is named by its data.");
        }
        return related(code, resource, relationship.asString(""), pointer + "/relationship");
    }

    /** A relationship of a resource, which can be changed by itself as its own path would have it. */
    private @Nullable Place related(Operation.Code code, Place resource, String name, String pointer) {
        ResourceType type = resource.operand().type();
        Relation relation = type.relations().get(name);
        if (relation == null) {
            Problem unknown = Problem.at(
                    ProblemCode.UNKNOWN_RELATIONSHIP,
                    pointer,
                    "There is no relationship " + Names.token(name) + " in " + type.type() + ".");
            problems.add(unknown.suggesting(name, type.relations().keySet()));
            return null;
        }
        if (!relation.canChange()) {
            problems.add(
                    Problem.at(ProblemCode.RELATIONSHIP_READ_ONLY, pointer, LinkageReader.readOnly(type, relation)));
            return null;
        }
        return relation instanceof Relation.ToMany || code == Operation.Code.UPDATE
                ? new Place(resource.operand(), resource.target(), name)
                : bad(pointer, "Write the op update, with null for none: " + name + " leads to one resource.");
    }

    private @Nullable Place ofPath(String href, Operation.Code code, JsonNode data, String pointer) {
        boolean adding = code == Operation.Code.ADD;
        String path = href.startsWith(basePath + "/") ? href.substring(basePath.length()) : href;
        for (Operand operand : operands.values()) {
            String own = operand.type().path();
            if (adding && path.equals(own)) {
                return typed(operand, data, pointer);
            }
            String[] below = path.startsWith(own + "/")
                    ? path.substring(own.length() + 1).split(RELATIONSHIPS, 2)
                    : NONE;
            UUID id = below.length == 0 ? null : Uuids.parse(below[0]);
            Place resource = id == null ? null : new Place(operand, new Operation.Target.Known(id), null);
            if (resource != null && below.length == 2) {
                return related(code, resource, below[1], pointer + "/href");
            }
            if (!adding && resource != null) {
                return resource;
            }
        }
        return bad(pointer + "/href", "Write the path of a resource that operations take, or use ref.");
    }

    private @Nullable Place typed(Operand operand, JsonNode data, String pointer) {
        String type = operand.type().type();
        if (data.path("type").asString("").equals(type)) {
            return new Place(operand, null, null);
        }
        problems.add(Problem.at(
                ProblemCode.TYPE_MISMATCH, pointer + "/data", "Write the type of the path in href: " + type + "."));
        return null;
    }

    private @Nullable Operand operand(String type, String pointer) {
        Operand operand = operands.get(type);
        if (operand == null) {
            Problem unknown = Problem.at(
                    ProblemCode.INVALID_VALUE,
                    pointer,
                    "Give a type that operations take; they are "
                            + String.join(
                                    ", ", operands.keySet().stream().sorted().toList()) + ".");
            problems.add(unknown.suggesting(type, operands.keySet()));
        }
        return operand;
    }

    private @Nullable Place bad(String pointer, String detail) {
        problems.add(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail));
        return null;
    }
}
