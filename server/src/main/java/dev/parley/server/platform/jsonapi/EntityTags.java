package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code If-Match} and {@code If-None-Match} (RFC 9110 §13.1): {@code *}, or entity tags with commas between them. */
final class EntityTags {

    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";

    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*(,|$)");

    private EntityTags() {}

    /** One tag of a header. */
    record Tag(boolean weak, String text) {}

    /** What a header says. */
    sealed interface Given {
        record None() implements Given {}

        record Any() implements Given {}

        record Tags(List<Tag> tags) implements Given {}

        record Bad(Problem problem) implements Given {}
    }

    static Given read(Headers headers, String name) {
        List<String> lines = headers.all(name);
        if (lines.isEmpty()) {
            return new Given.None();
        }
        String text = String.join(",", lines).strip();
        if (text.equals("*")) {
            return new Given.Any();
        }
        List<Tag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(text);
        int end = 0;
        boolean more = true;
        while (more && matcher.find()) {
            tags.add(new Tag(matcher.group(1) != null, matcher.group(2)));
            end = matcher.end();
            more = matcher.group(3).equals(",");
        }
        return more || end < text.length()
                ? new Given.Bad(Problem.header(
                        name, "Write * or entity tags in quotes, as ETag gave them, with commas between them."))
                : new Given.Tags(tags);
    }

    /** Whether the answer is one of those that the caller has: weak comparison. */
    static boolean has(Given given, EntityTag tag) {
        return switch (given) {
            case Given.Any() -> true;
            case Given.Tags(List<Tag> tags) ->
                tags.stream().anyMatch(one -> ("\"" + one.text() + "\"").equals(tag.header()));
            case Given.None() -> false;
            case Given.Bad bad -> false;
        };
    }
}
