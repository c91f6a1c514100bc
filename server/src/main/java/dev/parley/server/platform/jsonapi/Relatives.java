package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpAnswer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where one relation of a resource leads to, and the resource that it begins at. Thread-safe. */
final class Relatives {

    private final Served parent;
    private final Relation relation;
    private final Map<String, Served> served;
    private final Answers answers;

    /** @param served what organizations can read, by type; looked at with each request */
    Relatives(Served parent, Relation relation, Map<String, Served> served, Answers answers) {
        this.parent = parent;
        this.relation = relation;
        this.served = served;
        this.answers = answers;
    }

    /** Answers where both ends are there. */
    @FunctionalInterface
    interface Both {
        HttpAnswer answer(Resource from, Served target) throws Exception;
    }

    /** Looks for the resource in the path, then answers; 404 when it is not there. */
    HttpAnswer from(RequestContext context, Both both) throws Exception {
        Served target = served.get(relation.target());
        if (target == null) {
            String detail = "This server does not offer " + relation.target() + "; leave it out.";
            return answers.refused(context, Problem.of(ProblemCode.NOT_SERVED, detail));
        }
        UUID id = ResourceCalls.id(context);
        Found there = id == null ? new Found.Missing() : parent.handler().get(context.caller(), id);
        return switch (there) {
            case Found.Missing() ->
                answers.refused(context, Problem.notFound(parent.type().type()));
            case Found.One(Resource resource) -> both.answer(resource, target);
        };
    }

    /** The id that a resource has in a relation to one; null for none. */
    static @Nullable UUID linked(RequestContext context, Relation relation, Resource from) {
        return switch (relation) {
            case Relation.Organization organization -> context.caller().organization();
            case Relation.ToOne one -> {
                JsonNode id = from.attributes().get(one.id().name());
                yield id == null || id.isNull() ? null : Uuids.parse(id.asString());
            }
            case Relation.ToMany many -> throw new IllegalArgumentException(many.name() + " leads to many");
        };
    }

    /** What a list of the target is limited to, so that it holds what a resource leads to. */
    static ListQuery.Criterion criterion(Relation.ToMany relation, Served target, Resource from) {
        Filter filter = target.type().filters().get(relation.filter());
        if (filter == null) {
            throw new IllegalStateException("the declaration has no filter " + relation.filter());
        }
        return new ListQuery.Criterion(filter, Operator.EQ, List.of(from.id()));
    }
}
