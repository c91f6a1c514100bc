package dev.parley.server.callbacks;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpCall;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.QueryParameter;
import dev.parley.server.platform.http.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where providers call: outside the API's base path, without a token, verified by the provider's own signature. */
public final class CallbackRoutes {

    private static final String PATH = "/callbacks/{provider}/{accountId}";

    private final CallbackIntake intake;
    private final long bodyLimit;

    /**
     * @param bodyLimit the most bytes of a callback
     */
    public CallbackRoutes(CallbackIntake intake, long bodyLimit) {
        this.intake = intake;
        this.bodyLimit = bodyLimit;
    }

    /** Both routes: the provider's question whether the URL is ours, and its callbacks. */
    public List<Route> routes() {
        return List.of(
                Route.of(HttpMethod.GET, PATH, Access.PUBLIC, this::challenge),
                Route.of(HttpMethod.POST, PATH, Access.PUBLIC, this::take).withBodyLimit(bodyLimit));
    }

    private HttpAnswer challenge(HttpCall call) {
        UUID account = accountId(call);
        if (account == null) {
            return HttpAnswer.empty(404);
        }
        Map<String, String> query = new HashMap<>();
        for (QueryParameter parameter : call.query()) {
            query.putIfAbsent(parameter.name(), parameter.value());
        }
        String answer = intake.answerChallenge(call.pathParameter("provider"), account, query);
        return answer == null ? HttpAnswer.empty(403) : HttpAnswer.text(answer);
    }

    private HttpAnswer take(HttpCall call) {
        UUID account = accountId(call);
        if (account == null) {
            return HttpAnswer.empty(404);
        }
        return switch (intake.take(
                call.pathParameter("provider"), account, call.headers().firstByName(), call.body())) {
            case STORED -> HttpAnswer.empty(200);
            case NO_ACCOUNT -> HttpAnswer.empty(404);
            case NOT_AUTHENTIC -> HttpAnswer.empty(401);
            case BUSY -> HttpAnswer.empty(503).with("Retry-After", "1");
        };
    }

    private static @Nullable UUID accountId(HttpCall call) {
        try {
            return UUID.fromString(call.pathParameter("accountId"));
        } catch (IllegalArgumentException expected) {
            return null;
        }
    }
}
