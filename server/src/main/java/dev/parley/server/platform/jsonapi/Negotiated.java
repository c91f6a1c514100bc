package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpCall;
import dev.parley.server.platform.http.HttpHandler;
import dev.parley.server.platform.http.HttpMethod;
import java.util.List;

/** Checks the headers that every call has in common, then calls. */
final class Negotiated implements HttpHandler {

    private final JsonApi.Call call;
    private final Keyed keyed;
    private final KeyedCalls keys;
    private final Answers answers;

    Negotiated(JsonApi.Call call, Keyed keyed, KeyedCalls keys, Answers answers) {
        this.call = call;
        this.keyed = keyed;
        this.keys = keys;
        this.answers = answers;
    }

    @Override
    public HttpAnswer handle(HttpCall http) throws Exception {
        String type = Negotiation.answerType(http.headers());
        if (type == null) {
            return refused(http, Negotiation.JSON_API, notAcceptable());
        }
        if (http.body().length > 0 && !Negotiation.readable(http.headers().first("Content-Type"))) {
            return refused(http, type, unsupported());
        }
        if (http.method() != HttpMethod.POST) {
            return call.answer(new RequestContext(http, type, null));
        }
        return switch (IdempotencyKeys.read(http.headers())) {
            case IdempotencyKeys.Key.Bad(Problem problem) -> refused(http, type, problem);
            case IdempotencyKeys.Key.None() -> call.answer(new RequestContext(http, type, null));
            case IdempotencyKeys.Key.Given(String key) -> keyed(new RequestContext(http, type, key));
        };
    }

    private HttpAnswer keyed(RequestContext context) throws Exception {
        return keyed == Keyed.OWN ? call.answer(context) : keys.answer(context, keyed, call);
    }

    private HttpAnswer refused(HttpCall http, String type, Problem problem) {
        return answers.refused(type, List.of(problem), http.requestId());
    }

    private static Problem notAcceptable() {
        return new Problem(
                ProblemCode.NOT_ACCEPTABLE,
                "Accept " + Negotiation.JSON_API + " without media type parameters other than profile.",
                new Problem.Source.Header("Accept"),
                null);
    }

    private static Problem unsupported() {
        return new Problem(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Send Content-Type: " + Negotiation.JSON_API + " without media type parameters other than profile.",
                new Problem.Source.Header("Content-Type"),
                null);
    }
}
