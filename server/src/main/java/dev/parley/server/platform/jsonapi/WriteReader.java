package dev.parley.server.platform.jsonapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the document of one POST or PATCH and collects everything that is wrong with it. Used once. */
final class WriteReader {

    static final Set<String> TOP = Set.of("data", "meta", "jsonapi", "links", "included");
    private static final Set<String> DATA = Set.of("type", "id", "lid", "attributes", "relationships", "links", "meta");

    private final ResourceType type;
    private final boolean creating;
    private final List<Problem> problems = new ArrayList<>();
    private final Write write = new Write();

    private WriteReader(ResourceType type, boolean creating) {
        this.type = type;
        this.creating = creating;
    }

    /** What was valid, and what wasn't. */
    record Reading(Write write, List<Problem> problems) {}

    static Reading create(ResourceType type, JsonNode document) {
        WriteReader reader = new WriteReader(type, true);
        reader.read(document, null);
        return new Reading(reader.write, reader.problems);
    }

    /** Reads a PATCH; without an id in the path, none in the body is compared. */
    static Reading update(ResourceType type, JsonNode document, @Nullable UUID pathId) {
        WriteReader reader = new WriteReader(type, false);
        reader.read(document, pathId);
        return new Reading(reader.write, reader.problems);
    }

    private void read(JsonNode document, @Nullable UUID pathId) {
        if (!document.isObject()) {
            add(ProblemCode.MALFORMED_JSON, "", "Write an object with the member data.");
            return;
        }
        unknownMembers(document, TOP, "");
        JsonNode found = document.get("data");
        if (found == null) {
            add(ProblemCode.MISSING_MEMBER, "", "Give the member data.");
            return;
        }
        if (!(found instanceof ObjectNode data)) {
            add(ProblemCode.INVALID_VALUE, "/data", "Write one resource object.");
            return;
        }
        TextCheck.check(data, "/data", problems);
        if (!typeFits(data.get("type"))) {
            return;
        }
        unknownMembers(data, DATA, "/data");
        readId(data.get("id"), pathId);
        ObjectNode attributes = container(data, "attributes");
        ObjectNode relationships = container(data, "relationships");
        if (attributes != null) {
            new AttributeReader(type, creating, write, problems).read(attributes);
        }
        if (relationships != null) {
            new RelationReader(type, creating, write, problems).read(relationships);
        }
        if (creating) {
            missing(attributes != null && data.has("attributes"));
        }
    }

    private boolean typeFits(@Nullable JsonNode given) {
        if (given == null) {
            add(ProblemCode.MISSING_MEMBER, "/data", "Give the type: " + type.type() + ".");
            return true;
        }
        if (!given.isString()) {
            add(ProblemCode.INVALID_VALUE, "/data/type", "Write the type as a string: " + type.type() + ".");
            return true;
        }
        if (!given.stringValue().equals(type.type())) {
            add(ProblemCode.TYPE_MISMATCH, "/data/type", "Write the type of this path: " + type.type() + ".");
            return false;
        }
        return true;
    }

    private void readId(@Nullable JsonNode given, @Nullable UUID pathId) {
        if (given == null || (creating && given.isNull())) {
            return;
        }
        UUID id = given.isString() ? Uuids.parse(given.stringValue()) : null;
        if (creating) {
            readChosenId(id);
        } else if (pathId != null && !pathId.equals(id)) {
            add(ProblemCode.ID_MISMATCH, "/data/id", "Leave the id out, or write the one in the path.");
        } else if (id == null) {
            add(ProblemCode.INVALID_VALUE, "/data/id", "Leave the id out, or write a UUID.");
        } else {
            write.id(id);
        }
    }

    private void readChosenId(@Nullable UUID id) {
        if (id != null) {
            write.id(id);
        } else if (type.badIdsIgnored()) {
            write.ignore("id");
        } else {
            add(ProblemCode.INVALID_VALUE, "/data/id", "Leave the id out, or write a UUID.");
        }
    }

    private @Nullable ObjectNode container(ObjectNode data, String member) {
        JsonNode found = data.get(member);
        if (found == null) {
            return null;
        }
        if (found instanceof ObjectNode object) {
            return object;
        }
        add(ProblemCode.INVALID_VALUE, "/data/" + member, "Write an object.");
        return null;
    }

    private void missing(boolean hasAttributes) {
        String parent = hasAttributes ? "/data/attributes" : "/data";
        for (Attribute attribute : type.attributes().values()) {
            if (attribute.onCreate() != Attribute.Rule.REQUIRED || write.has(attribute.name())) {
                continue;
            }
            if (problems.stream().noneMatch(p -> about(p, attribute))) {
                add(ProblemCode.MISSING_MEMBER, parent, "Give " + spelled(attribute) + ".");
            }
        }
    }

    private String spelled(Attribute attribute) {
        for (Relation relation : type.relations().values()) {
            if (attribute.equals(relation.idAttribute())) {
                return "the attribute " + attribute.name() + " or the relationship " + relation.name();
            }
        }
        return "the attribute " + attribute.name();
    }

    /** A member with a problem of its own isn't called missing on top. */
    private boolean about(Problem problem, Attribute attribute) {
        if (!(problem.source() instanceof Problem.Source.Pointer(String pointer))) {
            return false;
        }
        String name = attribute.name();
        if (begins(pointer, "/data/attributes/" + name)) {
            return true;
        }
        for (String alias : attribute.aliases()) {
            if (begins(pointer, "/data/attributes/" + alias.replace('.', '/'))) {
                return true;
            }
        }
        return name.endsWith("Id") && begins(pointer, "/data/relationships/" + name.substring(0, name.length() - 2));
    }

    private static boolean begins(String pointer, String with) {
        return pointer.equals(with) || pointer.startsWith(with + "/");
    }

    private void unknownMembers(JsonNode object, Set<String> known, String pointer) {
        for (String name : object.propertyNames()) {
            if (Problem.enough(problems)) {
                return;
            }
            if (!known.contains(name) && !Names.mayStandAnywhere(name)) {
                Problem unknown = Problem.at(
                        ProblemCode.UNKNOWN_ATTRIBUTE,
                        pointer + "/" + Names.token(name),
                        "There is no member " + name + " here; attributes go into /data/attributes.");
                problems.add(unknown.suggesting(name, known));
            }
        }
    }

    private void add(ProblemCode code, String pointer, String detail) {
        problems.add(Problem.at(code, pointer, detail));
    }
}
