package dev.parley.server.platform.jsonapi;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Names as people write them: the nearest that exists, kebab-case, and a form that is safe to echo. */
final class Names {

    private static final int ECHO_LIMIT = 500;
    private static final int SUGGEST_LIMIT = 64;

    private Names() {}

    /** {@code messageThreads} as {@code message-threads}. */
    static String kebab(String camel) {
        StringBuilder kebab = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                kebab.append('-').append(Character.toLowerCase(c));
            } else {
                kebab.append(c);
            }
        }
        return kebab.toString();
    }

    /** A sentence that names the nearest known name, or all of them where none is near. */
    static String suggestion(@Nullable String nearest, Collection<String> known) {
        if (nearest != null) {
            return " Did you mean " + nearest + "?";
        }
        return known.isEmpty() ? "" : " There are: " + String.join(", ", known) + ".";
    }

    static @Nullable String nearest(String unknown, Collection<String> known) {
        if (unknown.length() > SUGGEST_LIMIT) {
            return null;
        }
        String best = null;
        int bestDistance = Math.max(2, unknown.length() / 3) + 1;
        for (String name : known) {
            int distance = unknown.equalsIgnoreCase(name) ? 0 : distance(unknown, name);
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /** The text without control characters and lone surrogates, cut at a length nobody minds reading. */
    static String printable(String text) {
        String cut = text.length() > ECHO_LIMIT ? text.substring(0, ECHO_LIMIT) + "…" : text;
        StringBuilder safe = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> {
            boolean bad = Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
            safe.appendCodePoint(bad ? '?' : c);
        });
        return safe.toString();
    }

    /** A member's name as one token of a JSON pointer. */
    static String token(String member) {
        return member.indexOf('~') < 0 && member.indexOf('/') < 0
                ? member
                : member.replace("~", "~0").replace("/", "~1");
    }
}
