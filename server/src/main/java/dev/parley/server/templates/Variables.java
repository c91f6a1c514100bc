package dev.parley.server.templates;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables of a text: <code>{{1}}</code>, <code>{{2}}</code> or <code>{{first_name}}</code>. */
final class Variables {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,99}");
    private static final Pattern ADJACENT = Pattern.compile("}}\\s*\\{\\{");
    private static final Pattern AT_AN_END = Pattern.compile("(?s)\\s*\\{\\{[^{}]*}}.*|.*\\{\\{[^{}]*}}\\s*");

    private Variables() {}

    /** Each once, in the order of the text. */
    static Set<String> of(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1).strip());
        }
        return found;
    }

    /** The text with values in place of variables; one without a value stays as it is. */
    static String fill(String text, Map<String, String> values) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        values.getOrDefault(match.group(1).strip(), match.group())));
    }

    /** Whether they have names, else numbers. */
    static boolean named(Set<String> variables) {
        return variables.stream().anyMatch(name -> !NUMBER.matcher(name).matches());
    }

    /** Why a provider would refuse the variables of this text; null when it would not. */
    static @Nullable String problem(String text) {
        Set<String> variables = of(text);
        if (ADJACENT.matcher(text).find()) {
            return "Put words between the variables: they may not touch each other.";
        }
        if (!named(variables)) {
            for (int i = 1; i <= variables.size(); i++) {
                if (!variables.contains(Integer.toString(i))) {
                    return "Number the variables from {{1}} without gaps; {{" + i + "}} is missing.";
                }
            }
            return null;
        }
        for (String name : variables) {
            if (!NAME.matcher(name).matches()) {
                return NUMBER.matcher(name).matches()
                        ? "Give all variables numbers, or all of them names."
                        : "Write a variable as {{1}}, or as a name of lower-case letters, digits and underscores.";
            }
        }
        return null;
    }

    /** Whether the text begins or ends with one. */
    static boolean atAnEnd(String text) {
        return AT_AN_END.matcher(text).matches();
    }
}
