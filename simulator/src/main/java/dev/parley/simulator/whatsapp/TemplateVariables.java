package dev.parley.simulator.whatsapp;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of a template's text: {@code {{1}}} or {@code {{first_name}}}. */
final class TemplateVariables {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]+)\\s*}}");
    private static final Pattern ADJACENT = Pattern.compile("}}\\s*\\{\\{");
    private static final Pattern FIRST_OR_LAST = Pattern.compile("(?s)^\\s*\\{\\{.*|.*}}\\s*$");

    private TemplateVariables() {}

    /** Each once, in the order of the text. */
    static Set<String> of(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** The text with values in place of variables. */
    static String fill(String text, Map<String, String> values) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    static boolean adjacent(String text) {
        return ADJACENT.matcher(text).find();
    }

    static boolean firstOrLast(String text) {
        return !of(text).isEmpty() && FIRST_OR_LAST.matcher(text).matches();
    }

    /** How many words stand around the variables. */
    static int words(String text) {
        String rest = VARIABLE.matcher(text).replaceAll(" ").strip();
        return rest.isEmpty() ? 0 : rest.split("\\s+").length;
    }
}
