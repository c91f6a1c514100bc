package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The methods of one resource: reads the request, asks the feature, answers. */
final class ResourceCalls {

    private static final String TOO_MUCH_INCLUDED = "Include less, and read the rest at its own paths.";

    private final ResourceType type;
    private final ResourceHandler handler;
    private final JsonMapper mapper;
    private final Answers answers;
    private final Includables includables;
    private final @Nullable Database database;

    ResourceCalls(
            ResourceType type,
            ResourceHandler handler,
            JsonMapper mapper,
            Answers answers,
            Includables includables,
            @Nullable Database database) {
        this.type = type;
        this.handler = handler;
        this.mapper = mapper;
        this.answers = answers;
        this.includables = includables;
        this.database = database;
    }

    HttpAnswer list(RequestContext context) throws Exception {
        return list(context, null);
    }

    /** @param within what the whole list is limited to; null for nothing */
    HttpAnswer list(RequestContext context, ListQuery.@Nullable Criterion within) throws Exception {
        QueryReader.Reading reading =
                QueryReader.list(type, includables, context.call().query());
        if (!reading.problems().isEmpty()) {
            return answers.refused(context, reading.problems());
        }
        context.show(reading.fieldsets());
        try {
            ListQuery query = within == null ? reading.query() : reading.query().within(within);
            Page page = handler.list(context.caller(), query);
            return including(
                    context,
                    reading.include(),
                    page.resources(),
                    compound -> answers.page(context, type, page, query, compound));
        } catch (DatabaseException e) {
            return tooExpensive(context, e);
        }
    }

    HttpAnswer get(RequestContext context) throws Exception {
        return get(context, id(context), include -> answers.refused(context, Problem.notFound(type.type())));
    }

    /**
     * The one of that id.
     *
     * @param missing the answer where it is not there; takes what was to be included
     */
    HttpAnswer get(RequestContext context, @Nullable UUID id, Function<@Nullable IncludeTree, HttpAnswer> missing)
            throws Exception {
        QueryReader.Reading reading =
                QueryReader.single(type, includables, context.call().query());
        EntityTags.Given had = EntityTags.read(context.call().headers(), EntityTags.IF_NONE_MATCH);
        List<Problem> problems = new ArrayList<>(reading.problems());
        if (had instanceof EntityTags.Given.Bad(Problem bad)) {
            problems.add(bad);
        }
        if (!problems.isEmpty()) {
            return answers.refused(context, problems);
        }
        context.show(reading.fieldsets());
        Found found = id == null ? new Found.Missing() : handler.get(context.caller(), id);
        return switch (found) {
            case Found.Missing() -> missing.apply(reading.include());
            case Found.One(Resource resource) -> one(context, resource, reading.include(), had);
        };
    }

    private HttpAnswer one(
            RequestContext context, Resource resource, @Nullable IncludeTree include, EntityTags.Given had)
            throws Exception {
        try {
            return including(
                    context,
                    include,
                    List.of(resource),
                    compound -> answers.one(context, type, resource, compound, had));
        } catch (DatabaseException e) {
            return tooExpensive(context, e, TOO_MUCH_INCLUDED);
        }
    }

    private HttpAnswer including(
            RequestContext context,
            @Nullable IncludeTree include,
            List<Resource> primary,
            Function<@Nullable Compound, HttpAnswer> answer)
            throws Exception {
        if (include == null) {
            return answer.apply(null);
        }
        Compound compound = new Compound(type, primary);
        Problem refusal = include.isEmpty()
                ? null
                : new Inclusion(includables, context.caller().organization(), compound, Inclusion.MOST).follow(include);
        return refusal == null ? answer.apply(compound) : answers.refused(context, refusal);
    }

    HttpAnswer tooExpensive(RequestContext context, DatabaseException failure) {
        return tooExpensive(context, failure, Quick.advice(type));
    }

    private HttpAnswer tooExpensive(RequestContext context, DatabaseException failure, String detail) {
        if (!failure.timedOut()) {
            throw failure;
        }
        return answers.refused(context, Problem.of(ProblemCode.QUERY_TOO_EXPENSIVE, detail));
    }

    HttpAnswer create(RequestContext context) throws Exception {
        return write(context, document -> WriteReader.create(type, document), true, null);
    }

    HttpAnswer update(RequestContext context) throws Exception {
        UUID id = id(context);
        if (id == null) {
            return answers.of(context, type, new WriteResult.Missing());
        }
        return write(context, document -> WriteReader.update(type, document, id), false, id);
    }

    HttpAnswer updateOwn(RequestContext context) throws Exception {
        UUID own = context.caller().organization();
        return write(context, document -> WriteReader.update(type, document, own), false, own);
    }

    HttpAnswer delete(RequestContext context) throws Exception {
        List<Problem> problems = query(context);
        UUID id = id(context);
        if (!problems.isEmpty()) {
            return answers.refused(context, problems);
        }
        WriteResult result = id == null
                ? new WriteResult.Missing()
                : demanded(context, id, null, () -> handler.delete(context.caller(), id, context));
        return answers.of(context, type, result);
    }

    private HttpAnswer write(
            RequestContext context, Function<JsonNode, WriteReader.Reading> reader, boolean creating, @Nullable UUID id)
            throws Exception {
        QueryReader.Reading query =
                QueryReader.single(type, includables, context.call().query());
        if (!query.problems().isEmpty()) {
            return answers.refused(context, query.problems());
        }
        context.show(query.fieldsets());
        return switch (BodyParser.parse(mapper, context.call().body())) {
            case BodyParser.Parsed.Bad(Problem problem) -> answers.refused(context, problem);
            case BodyParser.Parsed.Document(JsonNode document) ->
                written(context, reader.apply(document), creating, id, query.include());
        };
    }

    private HttpAnswer written(
            RequestContext context,
            WriteReader.Reading reading,
            boolean creating,
            @Nullable UUID id,
            @Nullable IncludeTree include)
            throws Exception {
        Write write = reading.write();
        List<Problem> problems = new ArrayList<>(reading.problems());
        problems.addAll(handler.validate(write, creating));
        if (id != null) {
            problems.addAll(headers(context));
        }
        if (!problems.isEmpty()) {
            return answers.refused(context, problems);
        }
        context.working();
        WriteResult result = id == null
                ? handler.create(context.caller(), write, context)
                : demanded(context, id, write, () -> handler.update(context.caller(), id, write, context));
        return answers.of(context, type, result, write.ignored(), compound(context, include, result.shown()));
    }

    /**
     * What is included in the answer of a write. The write stands, whatever becomes of this: a refusal would have the caller
     * repeat it, so what can't be included is left out.
     */
    private @Nullable Compound compound(
            RequestContext context, @Nullable IncludeTree include, @Nullable Resource written) throws Exception {
        if (include == null || written == null) {
            return null;
        }
        Compound compound = new Compound(type, List.of(written));
        if (include.isEmpty()) {
            return compound;
        }
        try {
            UUID organization = context.caller().organization();
            boolean whole = new Inclusion(includables, organization, compound, Inclusion.MOST).follow(include) == null;
            return whole ? compound : null;
        } catch (DatabaseException e) {
            return null;
        }
    }

    /** Writes what is in a state that the request demands, so that nothing comes between looking and writing. */
    WriteResult demanded(RequestContext context, UUID id, @Nullable Write write, Callable<WriteResult> work)
            throws Exception {
        Precondition demanded = context.precondition();
        if (!demanded.demands()) {
            return work.call();
        }
        if (database == null
                || handler.apart(write == null ? ResourceType.Method.DELETE : ResourceType.Method.UPDATE, write)) {
            WriteResult refusal = refusal(context, id, demanded);
            return refusal == null ? work.call() : refusal;
        }
        return database.surround(true, around -> {
            WriteResult refusal = refusal(context, id, demanded);
            return refusal == null ? work.call() : refusal;
        });
    }

    private @Nullable WriteResult refusal(RequestContext context, UUID id, Precondition demanded) throws Exception {
        return switch (handler.get(context.caller(), id)) {
            case Found.Missing() -> new WriteResult.Missing();
            case Found.One(Resource resource) -> demanded.holds(resource) ? null : new WriteResult.Stale();
        };
    }

    private List<Problem> query(RequestContext context) {
        List<QueryParameter> query = context.call().query();
        List<Problem> problems = new ArrayList<>(query.isEmpty() ? List.of() : QueryReader.write(type, query));
        problems.addAll(headers(context));
        return problems;
    }

    /** What is wrong with what the request demands. */
    static List<Problem> headers(RequestContext context) {
        return EntityTags.read(context.call().headers(), EntityTags.IF_MATCH)
                        instanceof EntityTags.Given.Bad(Problem bad)
                ? List.of(bad)
                : List.of();
    }

    /** The id in the path; null for one that no resource can have. */
    static @Nullable UUID id(RequestContext context) {
        return Uuids.parse(context.call().pathParameter("id"));
    }
}
