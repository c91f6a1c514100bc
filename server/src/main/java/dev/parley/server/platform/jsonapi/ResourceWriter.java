package dev.parley.server.platform.jsonapi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes resource objects of one type. */
final class ResourceWriter {

    private static final String MANAGED = "/management/";

    private final String basePath;
    private final ResourceType type;
    private final String path;
    private final @Nullable String organization;
    private final Predicate<String> shown;
    private final boolean managed;
    private final Collection<Relation> relations;

    ResourceWriter(String basePath, ResourceType type, @Nullable UUID organization, Fieldsets fieldsets) {
        this.basePath = basePath;
        this.type = type;
        this.path = basePath + type.path(organization) + "/";
        this.organization = organization == null ? null : organization.toString();
        this.shown = fieldsets.of(type);
        this.managed = type.path().startsWith(MANAGED);
        // The partner's token reaches organizations, and nothing that belongs to one: such links would lead it nowhere.
        Collection<Relation> all = type.relations().values();
        this.relations = managed
                ? all.stream().filter(Relation.Organization.class::isInstance).toList()
                : all;
    }

    /** @param linkages of the relations that are included, by their names */
    void write(JsonGenerator out, Resource resource, Map<String, Linkage> linkages) {
        String id = resource.id().toString();
        ObjectNode attributes = resource.attributes();
        out.writeStartObject();
        out.writeStringProperty("type", type.type());
        out.writeStringProperty("id", id);
        out.writeObjectPropertyStart("attributes");
        for (Attribute attribute : type.attributes().values()) {
            if (shown.test(attribute.name())) {
                out.writeName(attribute.name());
                write(out, attribute.kind(), attributes.get(attribute.name()));
            }
        }
        out.writeEndObject();
        writeRelations(out, id, attributes, linkages);
        out.writeObjectPropertyStart("links");
        out.writeStringProperty("self", path + id);
        out.writeEndObject();
        ObjectNode meta = resource.meta();
        if (meta != null) {
            out.writeName("meta");
            out.writeTree(meta);
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Kind kind, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            out.writeNull();
        } else if (kind instanceof Kind.Secret) {
            out.writeString("***");
        } else {
            out.writeTree(value);
        }
    }

    private void writeRelations(JsonGenerator out, String id, ObjectNode attributes, Map<String, Linkage> linkages) {
        if (relations.isEmpty()) {
            return;
        }
        out.writeObjectPropertyStart("relationships");
        for (Relation relation : relations) {
            if (shown.test(relation.name())) {
                writeRelation(out, relation, id, attributes, linkages.get(relation.name()));
            }
        }
        out.writeEndObject();
    }

    private void writeRelation(
            JsonGenerator out, Relation relation, String id, ObjectNode attributes, @Nullable Linkage linkage) {
        out.writeObjectPropertyStart(relation.name());
        switch (relation) {
            case Relation.Organization all -> one(out, all, organization);
            case Relation.ToOne one ->
                one(out, one, linked(linkage, attributes.get(one.id().name())));
            case Relation.ToMany many -> many(out, many, id, linkage);
        }
        out.writeEndObject();
    }

    /** What was included says where a relation leads; else its attribute does. */
    private static @Nullable String linked(@Nullable Linkage linkage, @Nullable JsonNode attribute) {
        if (linkage instanceof Linkage.One(UUID id)) {
            return id == null ? null : id.toString();
        }
        return text(attribute);
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asString();
    }

    private void one(JsonGenerator out, Relation relation, @Nullable String id) {
        if (id == null) {
            out.writeNullProperty("data");
            return;
        }
        related(out, path(relation) + "/" + id);
        out.writeName("data");
        identifier(out, relation, id);
    }

    private void many(JsonGenerator out, Relation.ToMany relation, String id, @Nullable Linkage linkage) {
        String list = path(relation) + "?filter%5B" + relation.filter() + "%5D=" + id;
        if (!(linkage instanceof Linkage.Many(List<UUID> ids, int size, boolean more))) {
            related(out, list);
            return;
        }
        out.writeObjectPropertyStart("links");
        out.writeStringProperty("related", list);
        if (more) {
            out.writeStringProperty("next", list + "&page%5Bnumber%5D=2&page%5Bsize%5D=" + size);
        } else {
            out.writeNullProperty("next");
        }
        out.writeEndObject();
        out.writeArrayPropertyStart("data");
        ids.forEach(one -> identifier(out, relation, one.toString()));
        out.writeEndArray();
    }

    /** What names a resource that a relation leads to. */
    static void identifier(JsonGenerator out, Relation relation, String id) {
        out.writeStartObject();
        out.writeStringProperty("type", relation.target());
        out.writeStringProperty("id", id);
        out.writeEndObject();
    }

    /** What an organization is for whoever reads this: for a partner, one of many. */
    private String path(Relation relation) {
        return basePath + (managed ? MANAGED : "/") + Names.kebab(relation.target());
    }

    private static void related(JsonGenerator out, String link) {
        out.writeObjectPropertyStart("links");
        out.writeStringProperty("related", link);
        out.writeEndObject();
    }
}
