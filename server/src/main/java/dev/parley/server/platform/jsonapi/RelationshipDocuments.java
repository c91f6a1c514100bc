package dev.parley.server.platform.jsonapi;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the documents of one relationship: what is linked, by type and id (JSON:API 1.1, fetching relationships). Thread-safe. */
final class RelationshipDocuments {

    private final Documents documents;
    private final ResourceType type;
    private final Relation relation;

    RelationshipDocuments(Documents documents, ResourceType type, Relation relation) {
        this.documents = documents;
        this.type = type;
        this.relation = relation;
    }

    /**
     * The linkage of a relationship to one resource.
     *
     * @param linked null for none
     * @param compound that holds what is included; null when nothing was to be
     */
    byte[] one(UUID parent, @Nullable UUID linked, @Nullable Compound compound, RequestContext context) {
        return documents.write(out -> {
            if (linked == null) {
                out.writeNullProperty("data");
            } else {
                out.writeName("data");
                ResourceWriter.identifier(out, relation, linked.toString());
            }
            out.writeObjectPropertyStart("links");
            out.writeStringProperty("self", path(parent, "/relationships/" + relation.name()));
            related(out, parent);
            out.writeEndObject();
            included(out, compound, context);
        });
    }

    /** One page of the linkage of a relationship to many. */
    byte[] many(UUID parent, Page page, ListQuery query, @Nullable Compound compound, RequestContext context) {
        return documents.write(out -> {
            out.writeArrayPropertyStart("data");
            for (Resource resource : page.resources()) {
                ResourceWriter.identifier(out, relation, resource.id().toString());
            }
            out.writeEndArray();
            out.writeObjectPropertyStart("meta");
            Documents.pageMeta(out, page, query);
            out.writeEndObject();
            out.writeObjectPropertyStart("links");
            PageLinks.of(context.call())
                    .of(page, query)
                    .forEach((name, link) -> Documents.writeNullable(out, name, link));
            related(out, parent);
            out.writeEndObject();
            included(out, compound, context);
        });
    }

    /** The answer to asking for the one related resource where there is none. */
    static byte[] none(Documents documents, boolean compound) {
        return documents.write(out -> {
            out.writeNullProperty("data");
            if (compound) {
                documents.included(out, List.of(), null, Fieldsets.WHOLE);
            }
        });
    }

    private void related(JsonGenerator out, UUID parent) {
        out.writeStringProperty("related", path(parent, "/" + Names.kebab(relation.name())));
    }

    private String path(UUID parent, String below) {
        return documents.path(type, null, parent) + below;
    }

    private void included(JsonGenerator out, @Nullable Compound compound, RequestContext context) {
        if (compound != null) {
            UUID organization = context.caller().organization();
            documents.included(out, compound.all(), organization, context.fieldsets());
        }
    }
}
