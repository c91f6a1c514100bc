package dev.parley.simulator.whatsapp;

import dev.parley.simulator.whatsapp.SendRequest.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks a template send against the template as Graph does, and fills it in. Thread-safe. */
final class TemplateCheck {

    private static final int REQUIRED = 131008;
    private static final int COUNT = 132000;
    private static final int UNKNOWN = 132001;
    private static final int TOO_LONG = 132005;
    private static final int FORMAT = 132012;
    private static final int PAUSED = 132015;
    private static final int DISABLED = 132016;
    private static final int MAX_BODY = 1024;
    private static final int MAX_HEADER = 60;
    private static final Set<String> COMPONENTS = Set.of("header", "body", "button");
    private static final Set<String> TEXTS = Set.of("text", "currency", "date_time");

    private final Templates templates;

    TemplateCheck(Templates templates) {
        this.templates = templates;
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final String details;

        Refusal(int code, String details) {
            super(details, null, false, false);
            this.code = code;
            this.details = details;
        }
    }

    /** What is to be sent: the same, with a template's text filled in; or why it is refused. */
    SendRequest check(BusinessNumber number, SendRequest.Send send) {
        if (!(send.content() instanceof Content.Template asked)) {
            return send;
        }
        try {
            String text = fill(number.settings().wabaId(), asked);
            var filled = new Content.Template(asked.name(), asked.language(), asked.components(), text);
            return new SendRequest.Send(send.to(), send.opaque(), filled, send.replyTo());
        } catch (Refusal refusal) {
            return new SendRequest.Refused(GraphError.of(refusal.code, null, refusal.details));
        }
    }

    private String fill(String wabaId, Content.Template asked) {
        Template template = templates.find(wabaId, asked.name(), asked.language());
        String which = "template name (" + asked.name() + ") does not exist in " + asked.language();
        if (template == null) {
            throw new Refusal(UNKNOWN, which);
        }
        switch (template.status()) {
            case "APPROVED" -> {}
            case "PAUSED" -> throw new Refusal(PAUSED, "Template is paused due to low quality");
            case "DISABLED" -> throw new Refusal(DISABLED, "Template is disabled");
            default -> throw new Refusal(UNKNOWN, which);
        }
        for (JsonNode component : asked.components()) {
            if (!COMPONENTS.contains(type(component))) {
                throw new Refusal(100, "Param template['components'] has a component of an unknown type.");
            }
        }
        var text = new StringJoiner("\n");
        header(template, asked, text);
        body(template, asked, text);
        JsonNode footer = template.component("FOOTER").path("text");
        if (footer.isString()) {
            text.add(footer.stringValue());
        }
        buttons(template, asked);
        return text.toString();
    }

    private static void header(Template template, Content.Template asked, StringJoiner text) {
        JsonNode header = template.component("HEADER");
        List<JsonNode> given = parameters(asked, "header");
        String format = header.path("format").asString("TEXT");
        if (header.isMissingNode() || format.equals("TEXT")) {
            String filled = filled(template, "header", header.path("text").asString(""), given, MAX_HEADER);
            if (!header.isMissingNode()) {
                text.add(filled);
            }
            return;
        }
        if (given.size() != 1) {
            throw new Refusal(
                    given.isEmpty() ? FORMAT : COUNT,
                    "header: Format mismatch, expected " + format + ", received "
                            + (given.isEmpty() ? "UNKNOWN" : given.size() + " parameters"));
        }
        String kind = given.getFirst().path("type").asString("");
        boolean fits = kind.equals(format.toLowerCase(Locale.ROOT)) || (format.equals("GIF") && kind.equals("video"));
        JsonNode content = given.getFirst().path(kind);
        boolean whole = kind.equals("location") ? content.has("latitude") : content.has("id") || content.has("link");
        if (!fits || !whole) {
            throw new Refusal(
                    FORMAT,
                    "header: Format mismatch, expected " + format + ", received " + kind.toUpperCase(Locale.ROOT));
        }
        text.add("[" + format + "]");
    }

    private static void body(Template template, Content.Template asked, StringJoiner text) {
        String body = template.component("BODY").path("text").asString("");
        text.add(filled(template, "body", body, parameters(asked, "body"), MAX_BODY));
    }

    private static String filled(Template template, String part, String text, List<JsonNode> given, int most) {
        List<String> variables = new ArrayList<>(TemplateVariables.of(text));
        if (given.size() != variables.size()) {
            throw new Refusal(
                    COUNT,
                    part + ": number of localizable_params (" + given.size()
                            + ") does not match the expected number of params (" + variables.size() + ")");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < given.size(); i++) {
            JsonNode parameter = given.get(i);
            String name = parameter.path("parameter_name").asString("");
            if (template.named() == name.isEmpty()) {
                throw new Refusal(FORMAT, part + ": Parameter name is missing or empty, or not expected");
            }
            values.put(template.named() ? name : variables.get(i), value(parameter, part));
        }
        if (!values.keySet().containsAll(variables)) {
            throw new Refusal(FORMAT, part + ": a parameter of the template is not given");
        }
        String filled = TemplateVariables.fill(text, values);
        if (filled.codePointCount(0, filled.length()) > most) {
            throw new Refusal(TOO_LONG, part + ": the text is longer than " + most + " characters");
        }
        return filled;
    }

    private static String value(JsonNode parameter, String part) {
        String kind = parameter.path("type").asString("");
        if (!TEXTS.contains(kind)) {
            throw new Refusal(FORMAT, part + ": Format mismatch, expected TEXT, received " + kind);
        }
        String text = kind.equals("text")
                ? parameter.path("text").asString("")
                : parameter.path(kind).path("fallback_value").asString("");
        if (text.isEmpty()) {
            throw new Refusal(FORMAT, part + ": a parameter has no text");
        }
        return text;
    }

    private static void buttons(Template template, Content.Template asked) {
        JsonNode buttons = template.component("BUTTONS").path("buttons");
        Map<Integer, JsonNode> given = new LinkedHashMap<>();
        for (JsonNode component : asked.components()) {
            if (type(component).equals("button")) {
                int index = component.path("index").asInt(-1);
                if (!buttons.has(index)) {
                    throw new Refusal(COUNT, "buttons: there is no button at index " + index);
                }
                given.put(index, component);
            }
        }
        for (int i = 0; i < buttons.size(); i++) {
            button(buttons.get(i), i, given.get(i));
        }
    }

    private static void button(JsonNode button, int index, @Nullable JsonNode given) {
        String type = button.path("type").asString("");
        boolean variable =
                !TemplateVariables.of(button.path("url").asString("")).isEmpty();
        boolean needs = type.equals("COPY_CODE") || type.equals("OTP") || (type.equals("URL") && variable);
        if (given == null) {
            if (needs) {
                throw new Refusal(
                        REQUIRED, "buttons: Button at index " + index + " of type " + type + " requires a parameter");
            }
            return;
        }
        String subType = given.path("sub_type").asString("").toUpperCase(Locale.ROOT);
        if (!subType.equals(type) && !(type.equals("OTP") && subType.equals("URL"))) {
            throw new Refusal(FORMAT, "buttons: Button at index " + index + " is of type " + type);
        }
        JsonNode parameters = given.path("parameters");
        boolean takes = needs || type.equals("QUICK_REPLY") || type.equals("FLOW");
        if (parameters.size() != 1 || !takes) {
            throw new Refusal(COUNT, "buttons: Button at index " + index + " takes " + (takes ? 1 : 0) + " parameters");
        }
        String wanted = switch (type) {
            case "QUICK_REPLY" -> "payload";
            case "COPY_CODE" -> "coupon_code";
            case "FLOW" -> "action";
            default -> "text";
        };
        if (!parameters.path(0).path("type").asString("").equals(wanted)) {
            throw new Refusal(FORMAT, "buttons: Button at index " + index + " expects a parameter of type " + wanted);
        }
    }

    private static List<JsonNode> parameters(Content.Template asked, String type) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode component : asked.components()) {
            if (type(component).equals(type)) {
                component.path("parameters").forEach(found::add);
            }
        }
        return found;
    }

    private static String type(JsonNode component) {
        return component.path("type").asString("").toLowerCase(Locale.ROOT);
    }
}
