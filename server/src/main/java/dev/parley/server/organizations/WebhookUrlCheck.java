package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.outbound.OutboundGuard;
import java.net.URI;
import java.util.List;

/** Refuses webhook addresses that could never be called. */
final class WebhookUrlCheck {

    private final OutboundGuard guard;

    WebhookUrlCheck(OutboundGuard guard) {
        this.guard = guard;
    }

    List<Problem> problems(Write write) {
        URI url = write.url("webhookUrl");
        String problem = url == null ? null : guard.problemWith(url);
        return problem == null
                ? List.of()
                : List.of(Problem.at(
                        ProblemCode.INVALID_VALUE, write.pointer("webhookUrl"), "The webhookUrl " + sentence(problem)));
    }

    /** Some of the guard's reasons begin with a verb, some with a noun. */
    private static String sentence(String problem) {
        return (problem.startsWith("must ") ? problem : "cannot be called: " + problem) + ".";
    }
}
