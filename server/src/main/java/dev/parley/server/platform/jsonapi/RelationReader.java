package dev.parley.server.platform.jsonapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the relationships of one write into the attributes that hold their ids. Runs after the attributes. */
final class RelationReader {

    private static final String BASE = "/data/relationships/";

    private final ResourceType type;
    private final boolean creating;
    private final Write write;
    private final List<Problem> problems;

    RelationReader(ResourceType type, boolean creating, Write write, List<Problem> problems) {
        this.type = type;
        this.creating = creating;
        this.write = write;
        this.problems = problems;
    }

    void read(ObjectNode relationships) {
        for (Map.Entry<String, JsonNode> entry : relationships.properties()) {
            if (Problem.enough(problems)) {
                return;
            }
            Relation relation = type.relations().get(entry.getKey());
            if (relation == null) {
                Problem unknown = Problem.at(
                        ProblemCode.UNKNOWN_RELATIONSHIP,
                        BASE + Names.token(entry.getKey()),
                        "There is no relationship " + entry.getKey() + " in " + type.type() + ".");
                problems.add(unknown.suggesting(entry.getKey(), type.relations().keySet()));
            } else if (!entry.getValue().isObject()) {
                bad(BASE + relation.name(), "Write an object with the member data.");
            } else {
                read(relation, entry.getValue().get("data"));
            }
        }
    }

    private void read(Relation relation, @Nullable JsonNode data) {
        String pointer = BASE + relation.name();
        if (data == null) {
            return;
        }
        switch (relation) {
            case Relation.Organization organization -> readOnly(organization, one(data), pointer);
            case Relation.ToMany many -> readMany(many, data, pointer + "/data");
            case Relation.ToOne toOne -> {
                if (toOne.id().rule(creating) == Attribute.Rule.READ_ONLY) {
                    readOnly(toOne, one(data), pointer);
                } else {
                    accept(toOne, data, pointer + "/data");
                }
            }
        }
    }

    private void readMany(Relation.ToMany relation, JsonNode data, String pointer) {
        if (relation.most() == 0) {
            if (data.isArray()) {
                write.ignore(relation.name());
            } else {
                bad(pointer, "Write an array, or leave this read-only relationship out.");
            }
        } else if (!data.isArray()) {
            bad(pointer, "Write an array of objects with type and id; an empty one for none.");
        } else if (data.size() > relation.most()) {
            bad(pointer, "Write at most " + relation.most() + " resources; these are " + data.size() + ".");
        } else {
            LinkedHashMap<UUID, String> linked = new LinkedHashMap<>();
            for (int i = 0; i < data.size() && !Problem.enough(problems); i++) {
                UUID id = linked(relation, data.get(i), pointer + "/" + i);
                if (id != null) {
                    linked.putIfAbsent(id, pointer + "/" + i + "/id");
                }
            }
            write.link(relation.name(), linked);
        }
    }

    /** One linkage, which may stand in an array of its own; an empty array is no linkage. */
    private static @Nullable JsonNode one(JsonNode data) {
        if (!data.isArray()) {
            return data.isNull() ? null : data;
        }
        return data.isEmpty() ? null : data.get(0);
    }

    private void readOnly(Relation relation, @Nullable JsonNode linkage, String pointer) {
        if (linkage == null || (linkage.isObject() && id(linkage) != null)) {
            write.ignore(relation.name());
        } else {
            bad(pointer + "/data", "Write type and id, or leave this read-only relationship out.");
        }
    }

    private void accept(Relation.ToOne relation, JsonNode data, String pointer) {
        if (data.isArray() && data.size() > 1) {
            bad(pointer, "Write one resource; " + relation.name() + " leads to one.");
            return;
        }
        String place = data.isArray() && !data.isEmpty() ? pointer + "/0" : pointer;
        JsonNode linkage = one(data);
        if (linkage == null) {
            put(relation, null, place);
        } else if (!linkage.isObject()) {
            bad(place, "Write an object with type and id, or null.");
        } else {
            UUID id = linked(relation, linkage, place);
            if (id != null) {
                put(relation, id, place + "/id");
            }
        }
    }

    /** The id that a linkage names; null when it is wrong. */
    private @Nullable UUID linked(Relation relation, JsonNode linkage, String place) {
        if (!linkage.isObject()) {
            bad(place, "Write an object with type and id.");
            return null;
        }
        if (!typeFits(relation, linkage.get("type"), place)) {
            return null;
        }
        UUID id = id(linkage);
        if (id == null) {
            bad(linkage.has("id") ? place + "/id" : place, "Write the id as a UUID.");
        }
        return id;
    }

    private boolean typeFits(Relation relation, @Nullable JsonNode given, String place) {
        if (given != null && given.isString() && given.stringValue().equals(relation.target())) {
            return true;
        }
        bad(given == null ? place : place + "/type", "Write the type " + relation.target() + ".");
        return false;
    }

    private static @Nullable UUID id(JsonNode linkage) {
        JsonNode id = linkage.get("id");
        return id != null && id.isString() ? Uuids.parse(id.stringValue()) : null;
    }

    private void put(Relation.ToOne relation, @Nullable UUID id, String place) {
        String attribute = relation.id().name();
        if (write.has(attribute) && !Objects.equals(write.uuid(attribute), id)) {
            problems.add(Problem.at(
                    ProblemCode.RELATIONSHIP_MISMATCH,
                    BASE + relation.name(),
                    "The relationship " + relation.name() + " and the attribute " + attribute
                            + " differ. Give one of them, or both with the same id."));
        } else if (id == null && !creating && !relation.id().nullable()) {
            bad(place, "The relationship " + relation.name() + " cannot be empty.");
        } else if (id != null || !creating) {
            write.put(attribute, id, place);
        }
    }

    private void bad(String pointer, String detail) {
        problems.add(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail));
    }
}
