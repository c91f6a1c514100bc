package dev.parley.server.templates;

import dev.parley.server.platform.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The components of a template, read. Immutable.
 *
 * @param headerFormat {@code TEXT}, {@code IMAGE} …; null without a header
 * @param header its text; null when it has none
 * @param body its text
 * @param footer its text; null without one
 * @param buttons in their order
 * @param examples values of the variables for {@link #preview}, by component and variable
 */
record TemplateText(
        @Nullable String headerFormat,
        @Nullable String header,
        String body,
        @Nullable String footer,
        List<Button> buttons,
        Map<String, Map<String, String>> examples) {

    /**
     * A button.
     *
     * @param type in capitals
     * @param variable whether it has a variable that a send gives a value for
     */
    record Button(String type, boolean variable) {}

    static TemplateText of(Template template) {
        return of(Json.MAPPER.readTree(template.components()));
    }

    static TemplateText of(JsonNode components) {
        String headerFormat = null;
        String header = null;
        String body = "";
        String footer = null;
        List<Button> buttons = List.of();
        Map<String, Map<String, String>> examples = new HashMap<>();
        for (JsonNode component : components) {
            String text = component.path("text").asString("");
            switch (component.path("type").asString("").toUpperCase(Locale.ROOT)) {
                case "HEADER" -> {
                    headerFormat = component.path("format").asString("TEXT").toUpperCase(Locale.ROOT);
                    header = headerFormat.equals("TEXT") ? text : null;
                    examples.put("header", examples(text, component.path("example"), "header_text"));
                }
                case "BODY" -> {
                    body = text;
                    examples.put("body", examples(text, component.path("example"), "body_text"));
                }
                case "FOOTER" -> footer = text;
                case "BUTTONS" ->
                    buttons = component
                            .path("buttons")
                            .valueStream()
                            .map(TemplateText::button)
                            .toList();
                default -> {}
            }
        }
        return new TemplateText(headerFormat, header, body, footer, buttons, examples);
    }

    private static Button button(JsonNode button) {
        String type = button.path("type").asString("").toUpperCase(Locale.ROOT);
        boolean variable = type.equals("URL")
                ? !Variables.of(button.path("url").asString("")).isEmpty()
                : type.equals("COPY_CODE") || type.equals("OTP");
        return new Button(type, variable);
    }

    /** The text with its examples filled in. */
    String preview() {
        return Stream.of(
                        header == null ? null : Variables.fill(header, examples.getOrDefault("header", Map.of())),
                        Variables.fill(body, examples.getOrDefault("body", Map.of())),
                        footer)
                .filter(Objects::nonNull)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> examples(String text, JsonNode example, String member) {
        Map<String, String> values = new HashMap<>();
        for (JsonNode one : example.path(member + "_named_params")) {
            values.put(one.path("param_name").asString(""), one.path("example").asString(""));
        }
        JsonNode given = example.path(member);
        JsonNode row = given.path(0).isArray() ? given.path(0) : given;
        int i = 0;
        for (String variable : Variables.of(text)) {
            String value = row.path(i++).asString("");
            if (!value.isEmpty()) {
                values.put(variable, value);
            }
        }
        return values;
    }
}
