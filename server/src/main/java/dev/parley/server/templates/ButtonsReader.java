package dev.parley.server.templates;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a provider would refuse of a template's buttons. Source: Meta's page "template components". Used once. */
final class ButtonsReader {

    private static final int MOST = 10;
    private static final int MAX_TEXT = 25;
    private static final int MAX_URL = 2000;
    private static final int MAX_DIGITS = 20;
    private static final int MAX_CODE = 20;

    /** How many of a type there may be; of those that are not here, the provider says. */
    private static final Map<String, Integer> MOST_OF =
            Map.of("QUICK_REPLY", 10, "URL", 2, "PHONE_NUMBER", 1, "COPY_CODE", 1);

    /** Those whose text is the provider's own. */
    private static final Set<String> WITHOUT_TEXT = Set.of("COPY_CODE", "OTP");

    private final List<Problem> problems = new ArrayList<>();

    private ButtonsReader() {}

    /** What is wrong; types are put into capitals. */
    static List<Problem> problems(ObjectNode component, String pointer) {
        ButtonsReader reader = new ButtonsReader();
        reader.read(component.path("buttons"), component.has("buttons") ? pointer + "/buttons" : pointer);
        return reader.problems;
    }

    private void read(JsonNode buttons, String pointer) {
        if (!buttons.isArray() || buttons.isEmpty() || buttons.size() > MOST) {
            refuse(pointer, "Write buttons, an array of 1 to " + MOST + " of them.");
            return;
        }
        Map<String, Integer> counts = new HashMap<>();
        int runs = 0;
        boolean quick = false;
        for (int i = 0; i < buttons.size(); i++) {
            String at = pointer + "/" + i;
            if (!(buttons.get(i) instanceof ObjectNode button)
                    || !button.path("type").isString()) {
                refuse(at, "Write a button as an object with type.");
                continue;
            }
            String type = button.path("type").stringValue().toUpperCase(Locale.ROOT);
            button.put("type", type);
            Integer most = MOST_OF.get(type);
            if (most != null && counts.merge(type, 1, Integer::sum) > most) {
                refuse(at, "Use at most " + most + " buttons of type " + type + ".");
            }
            boolean isQuick = type.equals("QUICK_REPLY");
            runs += isQuick && !quick ? 1 : 0;
            quick = isQuick;
            button(button, type, at);
        }
        if (runs > 1) {
            refuse(pointer, "Put the quick replies side by side: other buttons may not stand between them.");
        }
    }

    private void button(ObjectNode button, String type, String pointer) {
        String text = button.path("text").asString("");
        if ((text.isBlank() && !WITHOUT_TEXT.contains(type)) || length(text) > MAX_TEXT) {
            refuse(pointer, "Write the button's text, 1 to " + MAX_TEXT + " characters.");
        }
        switch (type) {
            case "URL" -> url(button, pointer);
            case "PHONE_NUMBER" -> {
                String number = button.path("phone_number").asString("");
                if (number.isEmpty()
                        || number.chars().filter(Character::isDigit).count() > MAX_DIGITS) {
                    refuse(pointer, "Write phone_number, at most " + MAX_DIGITS + " digits.");
                }
            }
            case "COPY_CODE" -> {
                String code = example(button);
                if (code.isEmpty() || length(code) > MAX_CODE) {
                    refuse(pointer, "Write example, a code of 1 to " + MAX_CODE + " characters.");
                }
            }
            default -> {}
        }
    }

    private void url(ObjectNode button, String pointer) {
        String url = button.path("url").asString("");
        if (url.isEmpty() || url.length() > MAX_URL) {
            refuse(pointer, "Write url, 1 to " + MAX_URL + " characters.");
            return;
        }
        int variables = Variables.of(url).size();
        if (variables > 1 || (variables == 1 && !url.endsWith("}}"))) {
            refuse(pointer + "/url", "Use one variable in a url at most, at its end.");
        } else if (variables == 1 && example(button).isEmpty()) {
            refuse(pointer, "Give example: [\"…\"], the url with its variable filled in.");
        }
    }

    private static String example(ObjectNode button) {
        JsonNode example = button.path("example");
        return (example.isArray() ? example.path(0) : example).asString("");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private void refuse(String pointer, String detail) {
        problems.add(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail));
    }
}
