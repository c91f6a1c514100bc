package dev.parley.simulator.whatsapp;

import static dev.parley.simulator.whatsapp.TemplateRefusal.BODY;
import static dev.parley.simulator.whatsapp.TemplateRefusal.FOOTER;
import static dev.parley.simulator.whatsapp.TemplateRefusal.HEADER;
import static dev.parley.simulator.whatsapp.TemplateRefusal.TOO_LONG;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What Graph refuses when a template is made. Source: Meta's pages "template components" and "error codes". */
final class TemplateRules {

    private static final int MAX_BODY = 1024;
    private static final int MAX_SHORT = 60;
    private static final int MIN_WORDS_EACH = 2;
    private static final Set<String> FORMATS = Set.of("TEXT", "IMAGE", "VIDEO", "GIF", "DOCUMENT", "LOCATION");
    private static final Pattern NAMED = Pattern.compile("[a-z_][a-z0-9_]*");

    private final boolean named;

    private TemplateRules(boolean named) {
        this.named = named;
    }

    /** The components with types and formats in capitals. */
    static ArrayNode check(JsonNode components, boolean named) {
        if (!(components.deepCopy() instanceof ArrayNode all) || all.isEmpty()) {
            throw TemplateRefusal.parameter("The parameter components is required.");
        }
        var rules = new TemplateRules(named);
        Set<String> seen = new HashSet<>();
        for (JsonNode component : all) {
            capitals(component, "type");
            String type = component.path("type").asString("");
            if (!seen.add(type)) {
                throw TemplateRefusal.parameter("There may be one component of type " + type + ".");
            }
            switch (type) {
                case "HEADER" -> rules.header(component);
                case "BODY" -> rules.text(component, MAX_BODY, BODY, "body_text");
                case "FOOTER" -> rules.footer(component);
                case "BUTTONS" -> TemplateButtonRules.check(component.path("buttons"));
                default ->
                    throw TemplateRefusal.parameter(
                            "Param components must be one of {HEADER, BODY, FOOTER, BUTTONS} - got \"" + type + "\".");
            }
        }
        if (!seen.contains("BODY")) {
            throw new TemplateRefusal(BODY, "Body is missing", "A template needs a body.");
        }
        return all;
    }

    private void header(JsonNode header) {
        capitals(header, "format");
        String format = header.path("format").asString("");
        if (!FORMATS.contains(format)) {
            throw new TemplateRefusal(HEADER, "Header format is wrong", "The header's format is not known.");
        }
        if (format.equals("TEXT")) {
            text(header, MAX_SHORT, HEADER, "header_text");
            if (TemplateVariables.of(header.path("text").asString("")).size() > 1) {
                throw new TemplateRefusal(HEADER, "Header format is wrong", "A header may have one variable.");
            }
        } else if (!format.equals("LOCATION")
                && header.path("example")
                        .path("header_handle")
                        .path(0)
                        .asString("")
                        .isEmpty()) {
            throw new TemplateRefusal(HEADER, "Header format is wrong", "A media header needs an example.");
        }
    }

    private void footer(JsonNode footer) {
        String text = required(footer, FOOTER);
        length(text, MAX_SHORT);
        if (!TemplateVariables.of(text).isEmpty()) {
            throw new TemplateRefusal(FOOTER, "Footer format is wrong", "A footer may have no variable.");
        }
    }

    private void text(JsonNode component, int most, int subcode, String example) {
        String text = required(component, subcode);
        length(text, most);
        Set<String> variables = TemplateVariables.of(text);
        int n = 0;
        for (String variable : variables) {
            boolean fits = named ? NAMED.matcher(variable).matches() : variable.equals(Integer.toString(++n));
            if (!fits) {
                throw new TemplateRefusal(
                        subcode, "Variables are wrong", "Variables must be numbered from 1, or named.");
            }
        }
        if (variables.isEmpty()) {
            return;
        }
        if (!hasExamples(component.path("example"), example, variables.size())) {
            throw new TemplateRefusal(subcode, "Example is missing", "Each variable needs an example.");
        }
        if (TemplateVariables.adjacent(text)) {
            throw new TemplateRefusal(subcode, "Variables are wrong", "Variables may not touch each other.");
        }
        if (subcode == BODY) {
            around(text, variables.size());
        }
    }

    private static void around(String text, int variables) {
        if (TemplateVariables.firstOrLast(text)) {
            throw new TemplateRefusal(
                    TemplateRefusal.VARIABLE_AT_END,
                    "Variables can't be at the start or end",
                    "This template starts or ends with a variable.");
        }
        if (TemplateVariables.words(text) < MIN_WORDS_EACH * variables) {
            throw new TemplateRefusal(
                    TemplateRefusal.TOO_MANY_VARIABLES,
                    "Too many variables for the length",
                    "This template has too many variables for its length. Reduce the number of variables.");
        }
    }

    private boolean hasExamples(JsonNode example, String member, int count) {
        if (named) {
            return example.path(member + "_named_params").size() >= count;
        }
        JsonNode given = example.path(member);
        return (member.equals("body_text") ? given.path(0) : given).size() >= count;
    }

    private static String required(JsonNode component, int subcode) {
        String text = component.path("text").asString("");
        if (text.isBlank()) {
            throw new TemplateRefusal(subcode, "Text is missing", "The component needs a text.");
        }
        return text;
    }

    static void length(String text, int most) {
        if (text.codePointCount(0, text.length()) > most) {
            throw new TemplateRefusal(TOO_LONG, "Character limit exceeded", "The field is limited to " + most + ".");
        }
    }

    static void capitals(JsonNode node, String member) {
        if (node instanceof ObjectNode object && object.path(member).isString()) {
            object.put(member, object.path(member).stringValue().toUpperCase(Locale.ROOT));
        }
    }
}
