package dev.parley.server.platform.jsonapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the operations of one request and collects everything that is wrong with their form. Used once. */
final class OperationReader {

    static final String OPERATIONS = "atomic:operations";

    private static final Set<String> MEMBERS = Set.of("op", "ref", "href", "data", "meta");

    private final TargetReader targets;
    private final List<Problem> problems = new ArrayList<>();
    private final LocalIds locals = new LocalIds();

    OperationReader(Map<String, Operand> operands, String basePath) {
        this.targets = new TargetReader(operands, basePath, problems);
    }

    /** What of them can be read; the rest is among the problems. */
    List<Operation> read(JsonNode operations) {
        List<Operation> read = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = one(i, operations.get(i));
            if (operation != null) {
                read.add(operation);
            }
        }
        return read;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Every local id that was given, with something in place of its id. */
    LocalIds locals() {
        return locals;
    }

    private @Nullable Operation one(int index, JsonNode node) {
        String pointer = Operation.pointer(index);
        if (!node.isObject()) {
            return bad(pointer, "Write an object with the member op.");
        }
        for (String name : node.propertyNames()) {
            if (!MEMBERS.contains(name) && !Problem.enough(problems) && !Names.mayStandAnywhere(name)) {
                String at = pointer + "/" + Names.token(name);
                problems.add(Problem.at(ProblemCode.UNKNOWN_ATTRIBUTE, at, "There is no member " + name + " here.")
                        .suggesting(name, MEMBERS));
            }
        }
        Operation.Code code = code(node.path("op").asString(""));
        if (code == null) {
            return bad(node.has("op") ? pointer + "/op" : pointer, "Write the op: add, update or remove.");
        }
        TargetReader.Place place = targets.read(code, node, pointer);
        return place == null ? null : checked(index, code, place, node.get("data"), pointer);
    }

    private @Nullable Operation checked(
            int index, Operation.Code code, TargetReader.Place place, @Nullable JsonNode data, String pointer) {
        ResourceType type = place.operand().type();
        boolean adding = code == Operation.Code.ADD && place.relationship() == null;
        boolean removing = code == Operation.Code.REMOVE && place.relationship() == null;
        if (place.relationship() == null && !type.methods().contains(code.method())) {
            return bad(pointer + "/op", "Leave it out: " + type.type() + " cannot be " + past(code) + ".");
        }
        if (data == null && !removing) {
            problems.add(Problem.at(ProblemCode.MISSING_MEMBER, pointer, "Give the member data."));
            return null;
        }
        if (place.target() instanceof Operation.Target.Local(String lid) && locals.find(type.type(), lid) == null) {
            return bad(
                    pointer,
                    "No operation before this one adds a resource of type " + type.type() + " with the lid " + lid
                            + ".");
        }
        String lid = adding && data != null && data.has("lid") ? data.get("lid").asString("") : null;
        if (lid != null && (lid.isEmpty() || !locals.reserve(type.type(), lid))) {
            return bad(pointer + "/data/lid", "Write a string that no other " + type.type() + " of this request has.");
        }
        if (data != null && linkageUnknown(data, place.relationship() != null, pointer)) {
            return null;
        }
        return new Operation(
                index, code, place.operand(), lid, place.target(), place.relationship(), removing ? null : data);
    }

    private boolean linkageUnknown(JsonNode data, boolean linkage, String pointer) {
        int before = problems.size();
        if (linkage) {
            known(data, data.isArray(), pointer + "/data");
            return problems.size() > before;
        }
        data.path("relationships").properties().forEach(entry -> {
            JsonNode named = entry.getValue().path("data");
            known(named, named.isArray(), pointer + "/data/relationships/" + Names.token(entry.getKey()) + "/data");
        });
        return problems.size() > before;
    }

    private void known(JsonNode linkage, boolean many, String pointer) {
        if (!many) {
            known(linkage, pointer);
            return;
        }
        for (int i = 0; i < linkage.size() && !Problem.enough(problems); i++) {
            known(linkage.get(i), pointer + "/" + i);
        }
    }

    private void known(JsonNode linkage, String pointer) {
        String lid = linkage.has("id") ? null : linkage.path("lid").asString(null);
        if (lid != null && locals.find(linkage.path("type").asString(""), lid) == null) {
            bad(pointer + "/lid", "Write the lid of a resource that an operation before this one adds.");
        }
    }

    private static Operation.@Nullable Code code(String text) {
        return switch (text) {
            case "add" -> Operation.Code.ADD;
            case "update" -> Operation.Code.UPDATE;
            case "remove" -> Operation.Code.REMOVE;
            default -> null;
        };
    }

    private static String past(Operation.Code code) {
        String word = code.name().toLowerCase(Locale.ROOT);
        return word.endsWith("e") ? word + "d" : word + "ed";
    }

    private @Nullable Operation bad(String pointer, String detail) {
        problems.add(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail));
        return null;
    }

    /** An id or a local id of a reference; null for neither. */
    static Operation.@Nullable Target target(JsonNode named) {
        UUID id = named.path("id").isString() ? Uuids.parse(named.get("id").stringValue()) : null;
        if (id != null) {
            return new Operation.Target.Known(id);
        }
        return !named.has("id") && named.path("lid").isString()
                ? new Operation.Target.Local(named.get("lid").stringValue())
                : null;
    }
}
