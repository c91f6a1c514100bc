package dev.parley.server.platform.jsonapi;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Names as people write them: a hint at those that exist, kebab-case, and a form that is safe to echo. */
final class Names {

    private static final int ECHO_LIMIT = 500;

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

    /** Whether a member may stand anywhere: of an extension, or an @-member (JSON:API 1.1 §5.8, §6). */
    static boolean mayStandAnywhere(String member) {
        return member.indexOf(':') >= 0 || member.startsWith("@");
    }

    /** A member's name as one token of a JSON pointer. */
    static String token(String member) {
        return member.indexOf('~') < 0 && member.indexOf('/') < 0
                ? member
                : member.replace("~", "~0").replace("/", "~1");
    }
}
