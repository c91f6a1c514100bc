package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Idempotency-Key} of a POST: a string of 1 to 255 printable characters, quoted or bare. */
final class IdempotencyKeys {

    private static final int MOST = 255;

    private IdempotencyKeys() {}

    /** A key, none, or something else. */
    sealed interface Key {
        record Given(String value) implements Key {}

        record None() implements Key {}

        record Bad(Problem problem) implements Key {}
    }

    static Key read(Headers headers) {
        List<String> lines = headers.all(KeyedCalls.HEADER);
        if (lines.isEmpty()) {
            return new Key.None();
        }
        String key = lines.size() == 1 ? unquoted(lines.getFirst().strip()) : null;
        boolean sane = key != null
                && !key.isEmpty()
                && key.length() <= MOST
                && key.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
        return sane && key != null
                ? new Key.Given(key)
                : new Key.Bad(Problem.header(
                        KeyedCalls.HEADER,
                        "Write one key of 1 to " + MOST + " printable ASCII characters, in quotes or without."));
    }

    private static @Nullable String unquoted(String text) {
        if (!text.startsWith("\"")) {
            return text;
        }
        if (text.length() < 2 || !text.endsWith("\"")) {
            return null;
        }
        String inner = text.substring(1, text.length() - 1);
        return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
