package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes what one relation links to (JSON:API 1.1, updating relationships): 204 when it is as asked for. Thread-safe. */
final class RelationshipWrites {

    private final ResourceType type;
    private final Relation relation;
    private final Served parent;
    private final JsonMapper mapper;
    private final Answers answers;

    RelationshipWrites(Served parent, Relation relation, JsonMapper mapper, Answers answers) {
        this.type = parent.type();
        this.relation = relation;
        this.parent = parent;
        this.mapper = mapper;
        this.answers = answers;
    }

    /** PATCH: that and nothing else. */
    HttpAnswer replace(RequestContext context) throws Exception {
        return write(context, Operation.Code.UPDATE);
    }

    /** POST: that as well. */
    HttpAnswer add(RequestContext context) throws Exception {
        return write(context, Operation.Code.ADD);
    }

    /** DELETE: that no more. */
    HttpAnswer remove(RequestContext context) throws Exception {
        return write(context, Operation.Code.REMOVE);
    }

    private HttpAnswer write(RequestContext context, Operation.Code code) throws Exception {
        if (!relation.canChange()) {
            String detail = LinkageReader.readOnly(type, relation);
            return answers.refused(context, Problem.of(ProblemCode.RELATIONSHIP_READ_ONLY, detail));
        }
        List<QueryParameter> query = context.call().query();
        List<Problem> problems = new ArrayList<>(QueryReader.write(type, query));
        problems.addAll(ResourceCalls.headers(context));
        if (!problems.isEmpty()) {
            return answers.refused(context, problems);
        }
        UUID id = ResourceCalls.id(context);
        if (id == null) {
            return answers.of(context, type, new WriteResult.Missing());
        }
        return switch (BodyParser.parse(mapper, context.call().body())) {
            case BodyParser.Parsed.Bad(Problem problem) -> answers.refused(context, problem);
            case BodyParser.Parsed.Document(JsonNode document) -> write(context, code, id, document);
        };
    }

    private HttpAnswer write(RequestContext context, Operation.Code code, UUID id, JsonNode document) throws Exception {
        WriteReader.Reading reading = LinkageReader.read(type, relation, id, document);
        Write write = reading.write();
        List<Problem> problems = new ArrayList<>(reading.problems());
        problems.addAll(LinkageReader.placed(relation.name(), parent.handler().validate(write, false)));
        if (!problems.isEmpty()) {
            return answers.refused(context, problems);
        }
        context.working();
        WriteResult result = parent.calls().demanded(context, id, write, () -> work(context, code, id, write));
        return switch (result) {
            case WriteResult.Updated updated -> answers.of(context, type, new WriteResult.Deleted());
            case WriteResult.Existing existing -> answers.of(context, type, new WriteResult.Deleted());
            case WriteResult.Refused(List<Problem> refused) ->
                answers.refused(context, LinkageReader.placed(relation.name(), refused));
            case WriteResult.Created other -> answers.of(context, type, other);
            case WriteResult.Deleted other -> answers.of(context, type, other);
            case WriteResult.Missing other -> answers.of(context, type, other);
            case WriteResult.Stale other -> answers.of(context, type, other);
            case WriteResult.Busy other -> answers.of(context, type, other);
            case WriteResult.Replayed other -> answers.of(context, type, other);
            case WriteResult.Kept other -> answers.of(context, type, other);
        };
    }

    private WriteResult work(RequestContext context, Operation.Code code, UUID id, Write write) throws Exception {
        return relation instanceof Relation.ToMany
                ? parent.handler().relate(context.caller(), id, LinkageReader.change(code, relation, write), context)
                : parent.handler().update(context.caller(), id, write, context);
    }
}
