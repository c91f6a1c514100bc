package dev.parley.simulator.whatsapp;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What Graph refuses of a template's buttons. */
final class TemplateButtonRules {

    private static final int MAX_BUTTONS = 10;
    private static final int MAX_TEXT = 25;
    private static final int MAX_URL = 2000;
    private static final int MAX_PHONE = 20;
    private static final int MAX_CODE = 20;
    private static final Map<String, Integer> MOST =
            Map.of("QUICK_REPLY", 10, "URL", 2, "PHONE_NUMBER", 1, "COPY_CODE", 1, "OTP", 1, "FLOW", 1);

    private TemplateButtonRules() {}

    static void check(JsonNode buttons) {
        if (!buttons.isArray() || buttons.isEmpty() || buttons.size() > MAX_BUTTONS) {
            throw TemplateRefusal.parameter("Param buttons must hold 1 to 10 buttons.");
        }
        Map<String, Integer> counts = new HashMap<>();
        int runs = 0;
        boolean quick = false;
        for (JsonNode button : buttons) {
            TemplateRules.capitals(button, "type");
            String type = button.path("type").asString("");
            int most = MOST.getOrDefault(type, 0);
            if (counts.merge(type, 1, Integer::sum) > most) {
                throw TemplateRefusal.parameter("There may be " + most + " buttons of type " + type + ".");
            }
            boolean isQuick = type.equals("QUICK_REPLY");
            runs += isQuick && !quick ? 1 : 0;
            quick = isQuick;
            one(button, type);
        }
        if (runs > 1) {
            throw TemplateRefusal.parameter("Quick replies must stand together.");
        }
    }

    private static void one(JsonNode button, String type) {
        String text = button.path("text").asString("");
        if (text.isBlank() && !type.equals("COPY_CODE") && !type.equals("OTP")) {
            throw TemplateRefusal.parameter("A button needs a text.");
        }
        TemplateRules.length(text, MAX_TEXT);
        switch (type) {
            case "URL" -> url(button);
            case "PHONE_NUMBER" ->
                TemplateRules.length(button.path("phone_number").asString(""), MAX_PHONE);
            case "COPY_CODE" -> TemplateRules.length(example(button), MAX_CODE);
            default -> {}
        }
    }

    private static void url(JsonNode button) {
        String url = button.path("url").asString("");
        TemplateRules.length(url, MAX_URL);
        if (url.contains("wa.me/") || url.contains("api.whatsapp.com/")) {
            throw new TemplateRefusal(
                    TemplateRefusal.WHATSAPP_LINK, "Direct links to WhatsApp", "Links to WhatsApp are not allowed.");
        }
        int variables = TemplateVariables.of(url).size();
        if (variables > 1
                || (variables == 1
                        && (!url.strip().endsWith("}}") || example(button).isEmpty()))) {
            throw TemplateRefusal.parameter("A button's url may have one variable, at its end, with an example.");
        }
    }

    private static String example(JsonNode button) {
        JsonNode example = button.path("example");
        return (example.isArray() ? example.path(0) : example).asString("");
    }
}
