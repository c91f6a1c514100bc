package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import java.util.List;

/** Refuses webhook secrets that could not be sent: they go as a header's value (RFC 9110, section 5.5). */
final class WebhookSecretCheck {

    private static final String ATTRIBUTE = "webhookSecret";

    private WebhookSecretCheck() {}

    /** What is wrong with the attribute {@code webhookSecret} of a write; empty when it has none. */
    static List<Problem> problems(Write write) {
        String secret = write.text(ATTRIBUTE);
        return secret == null || fits(secret)
                ? List.of()
                : List.of(
                        Problem.at(
                                ProblemCode.INVALID_VALUE,
                                write.pointer(ATTRIBUTE),
                                "The webhookSecret goes as a header: write visible ASCII characters, with spaces only between them."));
    }

    private static boolean fits(String secret) {
        return secret.equals(secret.strip()) && secret.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
