package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One operation of the atomic extension, checked as far as it can be without the others.
 *
 * @param index its place in the request
 * @param lid the local id that an added resource is given; null for none
 * @param target what is updated or removed, or has the relationship; null for an added resource
 * @param relationship that is changed; null when it is the resource itself
 * @param data as it was sent; null when a resource is removed
 */
record Operation(
        int index,
        Code code,
        Operand operand,
        @Nullable String lid,
        @Nullable Target target,
        @Nullable String relationship,
        @Nullable JsonNode data) {

    /** What is to be done. */
    enum Code {
        ADD(ResourceType.Method.CREATE),
        UPDATE(ResourceType.Method.UPDATE),
        REMOVE(ResourceType.Method.DELETE);

        private final ResourceType.Method method;

        Code(ResourceType.Method method) {
            this.method = method;
        }

        ResourceType.Method method() {
            return method;
        }
    }

    /** A resource by its id, or by the local id of one that is added in the same request. */
    sealed interface Target {
        record Known(UUID id) implements Target {}

        record Local(String lid) implements Target {}
    }

    /** Whether the token may do it: the path that operations come by asks for less than some of them need. */
    boolean permitted(Caller caller) {
        return caller.has(operand.type().scope());
    }

    /** What to say where it is not. */
    Problem scopeMissing() {
        return Problem.at(
                ProblemCode.SCOPE_MISSING,
                pointer(index),
                JsonApiFailures.scopeMissing(operand.type().scope()));
    }

    /** The relation that is changed; null when it is the resource itself. */
    @Nullable
    Relation relation() {
        return relationship == null ? null : operand.type().relations().get(relationship);
    }

    /** What is done to the resource: a change of a relationship is one of its resource. */
    ResourceType.Method method() {
        return relationship == null ? code.method() : ResourceType.Method.UPDATE;
    }

    /** What makes it together with others of its kind; null when it is done by itself. */
    @Nullable
    Grouped grouped() {
        return method() == ResourceType.Method.CREATE && operand.handler() instanceof Grouped grouped ? grouped : null;
    }

    /** Where it stands in the body. */
    static String pointer(int index) {
        return "/" + OperationReader.OPERATIONS + "/" + index;
    }

    /** What is updated or removed, by its id; null when something is added. */
    @Nullable
    UUID id(LocalIds locals) {
        return switch (target) {
            case null -> null;
            case Target.Known(UUID id) -> id;
            case Target.Local(String local) -> locals.find(operand.type().type(), local);
        };
    }

    /** The document that a POST or PATCH of the same would have. */
    ObjectNode document(LocalIds locals) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        JsonNode content = locals.resolved(data == null ? JsonNodeFactory.instance.objectNode() : data);
        if (relationship != null) {
            return LinkageReader.within(operand.type(), relationship, content);
        }
        if (content instanceof ObjectNode resource) {
            resource.remove("lid");
        }
        document.set("data", content);
        return document;
    }

    /** Problems of that document, as this operation has them. */
    List<Problem> placed(List<Problem> problems) {
        return problems.stream().map(this::placed).toList();
    }

    private Problem placed(Problem problem) {
        String at = pointer(index);
        return switch (problem.source()) {
            case null -> new Problem(problem.code(), problem.detail(), new Problem.Source.Pointer(at), problem.meta());
            case Problem.Source.Pointer(String value) -> {
                String inner = relationship == null ? value : inRelationship(value);
                yield new Problem(
                        problem.code(), problem.detail(), new Problem.Source.Pointer(at + inner), problem.meta());
            }
            case Problem.Source.Parameter parameter -> problem;
            case Problem.Source.Header header -> problem;
        };
    }

    private String inRelationship(String pointer) {
        String before = "/data/relationships/" + relationship;
        return pointer.startsWith(before) ? pointer.substring(before.length()) : "";
    }
}
