package dev.parley.server.platform.jsonapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A media type or range (RFC 9110 §8.3.1).
 *
 * @param name type and subtype in lower case
 * @param parameters by lower-case name, unquoted
 */
record MediaType(String name, Map<String, String> parameters) {

    /** Reads one; null when it is none. */
    static @Nullable MediaType parse(String text) {
        List<String> parts = split(text, ';');
        String name = parts.getFirst().strip().toLowerCase(Locale.ROOT);
        if (name.indexOf('/') <= 0) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!key.isEmpty()) {
                parameters.put(
                        key,
                        equals < 0 ? "" : unquoted(part.substring(equals + 1).strip()));
            }
        }
        return new MediaType(name, parameters);
    }

    /** The weight of a range; 1 without a readable one. */
    double weight() {
        String q = parameters.get("q");
        try {
            return q == null ? 1 : Double.parseDouble(q);
        } catch (NumberFormatException unreadable) {
            return 1;
        }
    }

    /** Splits at a separator outside of quotes. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(Math.min(from, text.length())));
        return parts;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replace("\\", "") : value;
    }
}
