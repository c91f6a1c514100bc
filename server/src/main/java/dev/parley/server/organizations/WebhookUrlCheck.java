package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.outbound.OutboundGuard;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses webhook addresses that could never be called. Immutable. */
public final class WebhookUrlCheck {

    private static final String ATTRIBUTE = "webhookUrl";

    private final OutboundGuard guard;

    /** @param guard says which addresses can be called */
    public WebhookUrlCheck(OutboundGuard guard) {
        this.guard = guard;
    }

    /** What is wrong with the attribute {@code webhookUrl} of a write; empty when it has none. */
    public List<Problem> problems(Write write) {
        URI url = write.url(ATTRIBUTE);
        String problem = url == null ? null : problem(url);
        return problem == null
                ? List.of()
                : List.of(Problem.at(
                        ProblemCode.INVALID_VALUE, write.pointer(ATTRIBUTE), "The webhookUrl " + sentence(problem)));
    }

    private @Nullable String problem(URI url) {
        if (url.getRawFragment() != null) {
            return "must not have a fragment (# and what follows); it would never be sent";
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(url.toString())) {
            return "must be written in ASCII, other characters as %XX";
        }
        return guard.problemWith(url);
    }

    /** Some of the guard's reasons begin with a verb, some with a noun. */
    private static String sentence(String problem) {
        return (problem.startsWith("must ") ? problem : "cannot be called: " + problem) + ".";
    }
}
