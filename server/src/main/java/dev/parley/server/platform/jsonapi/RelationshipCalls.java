package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.http.HttpAnswer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows what one relation links to, as types and ids: GET {@code /messages/{id}/relationships/messageThread}. Thread-safe. */
final class RelationshipCalls {

    private final ResourceType type;
    private final Relation relation;
    private final Relatives relatives;
    private final Includables includables;
    private final Answers answers;
    private final RelationshipDocuments documents;

    RelationshipCalls(
            ResourceType type, Relation relation, Relatives relatives, Includables includables, Answers answers) {
        this.type = type;
        this.relation = relation;
        this.relatives = relatives;
        this.includables = includables;
        this.answers = answers;
        this.documents = new RelationshipDocuments(answers.documents(), type, relation);
    }

    HttpAnswer get(RequestContext context) throws Exception {
        return relatives.from(context, (from, target) -> {
            LinkageQuery query = LinkageQuery.read(
                    type, relation, target.type(), includables, context.call().query());
            if (!query.problems().isEmpty()) {
                return answers.refused(context, query.problems());
            }
            context.show(query.fieldsets());
            try {
                return relation instanceof Relation.ToMany many
                        ? many(context, many, from, target, query)
                        : one(context, from, target, query);
            } catch (DatabaseException e) {
                return target.calls().tooExpensive(context, e);
            }
        });
    }

    private HttpAnswer many(
            RequestContext context, Relation.ToMany many, Resource from, Served target, LinkageQuery asked)
            throws Exception {
        ListQuery query = asked.query().within(Relatives.criterion(many, target, from));
        Page page = target.handler().list(context.caller(), query);
        Compound compound = compound(target, page.resources(), asked);
        Problem refusal = include(context, compound, asked);
        return refusal == null
                ? answer(context, from, documents.many(from.id(), page, query, compound, context))
                : answers.refused(context, refusal);
    }

    private HttpAnswer one(RequestContext context, Resource from, Served target, LinkageQuery asked) throws Exception {
        UUID linked = Relatives.linked(context, relation, from);
        List<Resource> there = List.of();
        if (linked != null && asked.include() != null) {
            Found found = target.handler().get(context.caller(), linked);
            there = found instanceof Found.One(Resource resource) ? List.of(resource) : List.of();
            linked = there.isEmpty() ? null : there.getFirst().id();
        }
        Compound compound = compound(target, there, asked);
        Problem refusal = include(context, compound, asked);
        return refusal == null
                ? answer(context, from, documents.one(from.id(), linked, compound, context))
                : answers.refused(context, refusal);
    }

    /** With the resources that are linked where they are to be included; null when nothing was to be. */
    private static @Nullable Compound compound(Served target, List<Resource> linked, LinkageQuery asked) {
        if (!asked.compound()) {
            return null;
        }
        return new Compound(target.type(), asked.include() == null ? List.of() : linked);
    }

    private @Nullable Problem include(RequestContext context, @Nullable Compound compound, LinkageQuery asked)
            throws Exception {
        IncludeTree below = asked.include();
        return compound == null || below == null
                ? null
                : new Inclusion(includables, context.caller().organization(), compound, Inclusion.MOST).follow(below);
    }

    /** The tag begins with the version of the resource whose relationship it is: a change of that may demand it. */
    private HttpAnswer answer(RequestContext context, Resource from, byte[] document) {
        return answers.document(context, document)
                .with("ETag", EntityTag.of(from, document).header());
    }
}
