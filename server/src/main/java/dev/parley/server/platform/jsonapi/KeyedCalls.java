package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpAnswer;
import java.util.List;

/** Answers calls that come with an idempotency key: each key is worked for once. Safe for use by many threads at once. */
@FunctionalInterface
public interface KeyedCalls {

    /** What a key comes in. */
    String HEADER = "Idempotency-Key";

    /**
     * The call's answer, or the one that was given to the same key before.
     *
     * @param context with a key
     */
    HttpAnswer answer(RequestContext context, Keyed keyed, JsonApi.Call call) throws Exception;

    /** Remembers nothing, so it takes no key. */
    static KeyedCalls none(Answers answers) {
        Problem problem = Problem.header(HEADER, "Leave it out: keys are not kept here.");
        return (context, keyed, call) -> answers.refused(context, List.of(problem));
    }
}
