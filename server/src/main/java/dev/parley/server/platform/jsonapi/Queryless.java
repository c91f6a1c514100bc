package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.QueryParameter;
import java.util.List;

/** A call on a path that has no query parameters: each that is given is refused by name, before anything is done. */
record Queryless(JsonApi.Call call, Answers answers) implements JsonApi.Call {

    @Override
    public HttpAnswer answer(RequestContext context) throws Exception {
        List<Problem> unknown = context.call().query().stream()
                .map(QueryParameter::name)
                .map(name -> Problem.parameter(
                        ProblemCode.UNKNOWN_QUERY_PARAMETER, name, "This path has no query parameters. Leave it out."))
                .toList();
        return unknown.isEmpty() ? call.answer(context) : answers.refused(context, unknown);
    }
}
