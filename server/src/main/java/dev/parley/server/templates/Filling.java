package dev.parley.server.templates;

import dev.parley.connector.TemplatePart;
import dev.parley.connector.TemplatePart.Kind;
import dev.parley.connector.TemplatePart.Parameter;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills a template with what a caller gives, and finds what does not fit. Used once. */
final class Filling {

    private final TemplateText text;
    private final boolean named;
    private final String pointer;
    private final List<PartsReader.Part> parts;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> rendered = new LinkedHashMap<>();

    /**
     * What came of it.
     *
     * @param rendered the text by component, as the candidate sees it
     * @param problems why it can't be sent; empty when it can
     */
    record Filled(Map<String, String> rendered, List<Problem> problems) {}

    private Filling(TemplateText text, boolean named, List<PartsReader.Part> parts, String pointer) {
        this.text = text;
        this.named = named;
        this.parts = parts;
        this.pointer = pointer;
    }

    /** @param pointer of the object that holds the components */
    static Filled fill(TemplateText text, boolean named, List<PartsReader.Part> parts, String pointer) {
        Filling filling = new Filling(text, named, parts, pointer);
        filling.header();
        filling.text(Kind.BODY, text.body(), ComponentsReader.MAX_BODY);
        if (text.footer() != null) {
            filling.rendered.put("footer", text.footer());
        }
        filling.buttons();
        return new Filled(filling.rendered, filling.problems);
    }

    private void header() {
        String format = text.headerFormat();
        if (format == null || format.equals("TEXT")) {
            text(Kind.HEADER, text.header(), ComponentsReader.MAX_HEADER);
            return;
        }
        PartsReader.Part given = only(Kind.HEADER);
        List<Parameter> parameters = given == null ? List.of() : given.part().parameters();
        String wanted = format.toLowerCase(Locale.ROOT);
        if (parameters.size() != 1) {
            refuse(
                    at(given),
                    "Component header takes 1 parameter of type " + wanted + ", not " + parameters.size() + ".");
            return;
        }
        boolean fits = switch (parameters.getFirst()) {
            case Parameter.Media media ->
                media.kind().equals(wanted)
                        || (wanted.equals("gif") && media.kind().equals("video"));
            case Parameter.Place place -> wanted.equals("location");
            case Parameter.Text other -> false;
            case Parameter.Currency other -> false;
            case Parameter.DateTime other -> false;
            case Parameter.Button other -> false;
        };
        if (!fits) {
            refuse(at(given) + "/parameters/0", "Parameter 1 of component header must be of type " + wanted + ".");
        }
    }

    private void text(Kind kind, @Nullable String template, int most) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        PartsReader.Part given = only(kind);
        List<Parameter> parameters = given == null ? List.of() : given.part().parameters();
        List<String> variables = template == null ? List.of() : new ArrayList<>(Variables.of(template));
        if (parameters.size() != variables.size()) {
            String has = template == null ? "The template has no " + name + ": c" : "C";
            refuse(
                    at(given),
                    has + "omponent " + name + " takes " + variables.size() + " parameters, not " + parameters.size()
                            + ".");
            return;
        }
        int before = problems.size();
        Map<String, String> values = values(name, given, parameters, variables);
        if (template == null || problems.size() > before) {
            return;
        }
        String filled = Variables.fill(template, values);
        int length = filled.codePointCount(0, filled.length());
        if (length > most) {
            refuse(
                    at(given),
                    "Shorten the parameters of component " + name + ": with them it has " + length
                            + " characters, at most " + most + " can be sent.");
        }
        rendered.put(name, filled);
    }

    private Map<String, String> values(
            String name, PartsReader.@Nullable Part given, List<Parameter> parameters, List<String> variables) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            String which = "Parameter " + (i + 1) + " of component " + name;
            String at = at(given) + "/parameters/" + i;
            Value value = value(parameters.get(i));
            if (value == null) {
                refuse(at, which + " must be of type text, currency or date_time.");
            } else if (!named && value.variable() != null) {
                refuse(at, which + " has a parameter_name, but the template's variables are numbered. Leave it out.");
            } else if (named && (value.variable() == null || !variables.contains(value.variable()))) {
                refuse(at, which + " needs a parameter_name: one of " + String.join(", ", variables) + ".");
            } else if (values.put(named ? value.variable() : variables.get(i), value.text()) != null) {
                refuse(at, which + " is for a variable that has a value already.");
            }
        }
        return values;
    }

    private record Value(@Nullable String variable, String text) {}

    private static @Nullable Value value(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Text(String variable, String text) -> new Value(variable, text);
            case Parameter.Currency money -> new Value(money.name(), money.fallback());
            case Parameter.DateTime(String variable, String fallback) -> new Value(variable, fallback);
            case Parameter.Media other -> null;
            case Parameter.Place other -> null;
            case Parameter.Button other -> null;
        };
    }

    private void buttons() {
        Set<Integer> seen = new HashSet<>();
        for (PartsReader.Part given : parts) {
            TemplatePart part = given.part();
            if (part.kind() == Kind.BUTTON) {
                if (!seen.add(part.index())) {
                    refuse(given.pointer(), "Button " + part.index() + " is given twice. Give it once.");
                } else if (part.index() >= text.buttons().size()) {
                    refuse(
                            given.pointer(),
                            "The template has " + text.buttons().size() + " buttons: there is none with index "
                                    + part.index() + ".");
                } else {
                    button(part, text.buttons().get(part.index()), given.pointer());
                }
            }
        }
        for (int i = 0; i < text.buttons().size(); i++) {
            if (text.buttons().get(i).variable() && !seen.contains(i)) {
                refuse(pointer, "Component button with index " + i + " takes 1 parameter, not 0.");
            }
        }
    }

    private void button(TemplatePart part, TemplateText.Button button, String at) {
        String type = button.type().toLowerCase(Locale.ROOT);
        boolean same = type.equals(part.button()) || (type.equals("otp") && "url".equals(part.button()));
        if (!same) {
            refuse(at + "/sub_type", "Button " + part.index() + " of the template is of sub_type " + type + ".");
            return;
        }
        int takes = button.variable() || type.equals("quick_reply") ? 1 : 0;
        if (part.parameters().size() != takes) {
            refuse(
                    at,
                    "Component button with index " + part.index() + " takes " + takes + " parameters, not "
                            + part.parameters().size() + ".");
            return;
        }
        String wanted = switch (type) {
            case "quick_reply" -> "payload";
            case "copy_code" -> "coupon_code";
            default -> "text";
        };
        boolean fits = part.parameters().stream()
                .allMatch(parameter -> parameter instanceof Parameter.Button value
                        && value.type().equals(wanted));
        if (!fits) {
            refuse(
                    at + "/parameters/0",
                    "Parameter 1 of the button with index " + part.index() + " must be of type " + wanted + ".");
        }
    }

    private PartsReader.@Nullable Part only(Kind kind) {
        PartsReader.Part found = null;
        for (PartsReader.Part given : parts) {
            if (given.part().kind() == kind) {
                if (found != null) {
                    refuse(
                            given.pointer(),
                            "Component " + kind.name().toLowerCase(Locale.ROOT) + " is given twice. Give it once.");
                } else {
                    found = given;
                }
            }
        }
        return found;
    }

    private String at(PartsReader.@Nullable Part given) {
        return given == null ? pointer : given.pointer();
    }

    private void refuse(String at, String detail) {
        problems.add(Problem.at(ProblemCode.INVALID_VALUE, at, detail));
    }
}
