package dev.parley.connectors.whatsapp;

import dev.parley.connector.Content;
import dev.parley.connector.TemplatePart;
import dev.parley.connector.TemplatePart.Parameter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the send of a template. Source: Meta's page "templates, overview". */
final class TemplateBody {

    private TemplateBody() {}

    static void write(Content.Template content, ObjectNode body) {
        ObjectNode template = body.put("type", "template").putObject("template");
        template.put("name", content.name());
        template.putObject("language").put("code", content.language());
        if (content.parts().isEmpty()) {
            return;
        }
        ArrayNode components = template.putArray("components");
        for (TemplatePart part : content.parts()) {
            ObjectNode component = components.addObject();
            component.put("type", part.kind().name().toLowerCase(Locale.ROOT));
            if (part.button() != null) {
                component.put("sub_type", part.button()).put("index", Integer.toString(part.index()));
            }
            ArrayNode parameters = component.putArray("parameters");
            part.parameters().forEach(parameter -> write(parameter, parameters.addObject()));
        }
    }

    private static void write(Parameter parameter, ObjectNode node) {
        switch (parameter) {
            case Parameter.Text(String name, String value) ->
                named(node.put("type", "text"), name).put("text", value);
            case Parameter.Currency money ->
                named(node.put("type", "currency"), money.name())
                        .putObject("currency")
                        .put("fallback_value", money.fallback())
                        .put("code", money.code())
                        .put("amount_1000", money.thousandths());
            case Parameter.DateTime(String name, String fallback) ->
                named(node.put("type", "date_time"), name)
                        .putObject("date_time")
                        .put("fallback_value", fallback);
            case Parameter.Media media -> {
                ObjectNode file = node.put("type", media.kind()).putObject(media.kind());
                file.put("link", media.link());
                if (media.filename() != null) {
                    file.put("filename", media.filename());
                }
            }
            case Parameter.Place place ->
                place(place, node.put("type", "location").putObject("location"));
            case Parameter.Button(String type, String value) ->
                node.put("type", type).put(type, value);
        }
    }

    private static void place(Parameter.Place place, ObjectNode node) {
        node.put("latitude", place.latitude()).put("longitude", place.longitude());
        if (place.name() != null) {
            node.put("name", place.name());
        }
        if (place.address() != null) {
            node.put("address", place.address());
        }
    }

    private static ObjectNode named(ObjectNode node, @Nullable String name) {
        return name == null ? node : node.put("parameter_name", name);
    }
}
