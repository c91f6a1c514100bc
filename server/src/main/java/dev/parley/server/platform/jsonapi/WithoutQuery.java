package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.QueryParameter;
import java.util.List;

/** Calls that take no query parameters: each is refused by its name, before anything is done. Thread-safe. */
public final class WithoutQuery {

    private WithoutQuery() {}

    /** The same call, answered 400 when there is a query parameter. */
    public static JsonApi.Call of(Answers answers, JsonApi.Call call) {
        return context -> {
            List<Problem> unknown = context.call().query().stream()
                    .map(QueryParameter::name)
                    .map(name -> Problem.parameter(
                            ProblemCode.UNKNOWN_QUERY_PARAMETER,
                            name,
                            "This path has no query parameters. Leave it out."))
                    .toList();
            return unknown.isEmpty() ? call.answer(context) : answers.refused(context, unknown);
        };
    }
}
