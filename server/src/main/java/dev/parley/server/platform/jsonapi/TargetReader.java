package dev.parley.server.platform.jsonapi;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what an operation is done to: its {@code ref}, its {@code href}, or what its {@code data} names. */
final class TargetReader {

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
            return ofPath(href.asString(""), adding, node.path("data"), pointer);
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
        String name = relationship.asString("");
        boolean toOne = resource.operand().type().relations().get(name) instanceof Relation.ToOne;
        return toOne && code == Operation.Code.UPDATE
                ? new Place(resource.operand(), resource.target(), name)
                : bad(
                        pointer + "/relationship",
                        "Only relationships to one resource can be updated by themselves; write others with their resource.");
    }

    private @Nullable Place ofPath(String href, boolean adding, JsonNode data, String pointer) {
        String path = href.startsWith(basePath + "/") ? href.substring(basePath.length()) : href;
        for (Operand operand : operands.values()) {
            String own = operand.type().path();
            if (adding && path.equals(own)) {
                return typed(operand, data, pointer);
            }
            UUID id = path.startsWith(own + "/") ? Uuids.parse(path.substring(own.length() + 1)) : null;
            if (!adding && id != null) {
                return new Place(operand, new Operation.Target.Known(id), null);
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
