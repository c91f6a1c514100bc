package dev.parley.server.templates;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads what a template is called, in one spelling. Source: Meta's page "template management". */
final class TemplateNames {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([_-][A-Za-z]{2,4})?");

    private TemplateNames() {}

    static Parsed name(JsonNode node, String pointer) {
        return node.isString() && NAME.matcher(node.stringValue()).matches()
                ? new Parsed.Value(node.stringValue())
                : bad(pointer, "Write a name of 1 to 512 lower-case letters, digits and underscores.");
    }

    /** {@code en-US} is {@code en_US}. */
    static Parsed language(JsonNode node, String pointer) {
        if (!node.isString() || !LANGUAGE.matcher(node.stringValue()).matches()) {
            return bad(pointer, "Write a language such as en or en_US.");
        }
        String[] parts = node.stringValue().split("[_-]");
        String language = parts[0].toLowerCase(Locale.ROOT);
        return new Parsed.Value(parts.length == 1 ? language : language + "_" + parts[1].toUpperCase(Locale.ROOT));
    }

    /** In any case; {@code Authorization} is another spelling of {@code AUTHENTICATION}. */
    static Parsed category(JsonNode node, String pointer) {
        String word = node.isString() ? node.stringValue().toUpperCase(Locale.ROOT) : "";
        return switch (word) {
            case "MARKETING", "UTILITY", "AUTHENTICATION" -> new Parsed.Value(word);
            case "AUTHORIZATION" -> new Parsed.Value("AUTHENTICATION");
            default -> bad(pointer, "Write one of MARKETING, UTILITY, AUTHENTICATION.");
        };
    }

    private static Parsed bad(String pointer, String detail) {
        return new Parsed.Bad(List.of(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail)));
    }
}
