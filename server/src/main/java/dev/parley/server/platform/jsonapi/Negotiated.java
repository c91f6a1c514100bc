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
    private final boolean atomic;
    private final Answers answers;

    /** @param atomic whether bodies and answers are those of the atomic extension */
    Negotiated(JsonApi.Call call, Keyed keyed, KeyedCalls keys, Answers answers, boolean atomic) {
        this.call = call;
        this.keyed = keyed;
        this.keys = keys;
        this.atomic = atomic;
        this.answers = answers;
    }

    @Override
    public HttpAnswer handle(HttpCall http) throws Exception {
        String accepted = Negotiation.answerType(http.headers());
        if (accepted == null) {
            return refused(http, Negotiation.JSON_API, notAcceptable());
        }
        String type = atomic ? Negotiation.withAtomic(accepted) : accepted;
        String sent = http.headers().first("Content-Type");
        if (atomic && !Negotiation.atomic(sent)) {
            return refused(http, accepted, unsupported("with ext=\"" + Negotiation.ATOMIC + "\" and no other"));
        }
        // No GET takes a body, so one that is there nevertheless is not read.
        boolean read = http.method() != HttpMethod.GET && http.body().length > 0;
        if (!atomic && read && !Negotiation.readable(sent)) {
            return refused(http, type, unsupported("without"));
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

    private static Problem unsupported(String how) {
        return new Problem(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Send Content-Type: " + Negotiation.JSON_API + " " + how + " media type parameters other than profile.",
                new Problem.Source.Header("Content-Type"),
                null);
    }
}
