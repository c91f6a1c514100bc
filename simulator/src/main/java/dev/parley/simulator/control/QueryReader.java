package dev.parley.simulator.control;

import dev.parley.simulator.json.BadInputException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;

/** Reads query parameters as strictly as members. */
final class QueryReader {

    private QueryReader() {}

    static void known(Map<String, String> query, String... names) {
        var known = new TreeSet<>(Arrays.asList(names));
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw new BadInputException(name, "unknown query parameter; known here: " + String.join(", ", known));
            }
        }
    }

    static long number(Map<String, String> query, String name, long fallback, long min, long max) {
        String text = query.get(name);
        if (text == null) {
            return fallback;
        }
        if (text.matches("[0-9]{1,18}")) {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw new BadInputException(name, "expected a whole number from " + min + " to " + max);
    }
}
