package dev.parley.simulator.whatsapp;

import dev.parley.simulator.json.Json;
import dev.parley.simulator.whatsapp.SendRequest.Content;
import dev.parley.simulator.whatsapp.SendRequest.Recipient;
import dev.parley.simulator.whatsapp.SendRequest.Refused;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a POST to {@code messages} and finds the faults that Graph finds. Unknown members are ignored, as Graph does. */
final class SendParser {

    private static final int MAX_TEXT = 4096;
    private static final int MAX_OPAQUE = 512;
    private static final int MAX_TEMPLATE_NAME = 512;
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9()\\-. ]{1,40}");
    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");
    private static final Pattern DECORATION = Pattern.compile("[^0-9]");
    private static final int MAX_CAPTION = 1024;

    private final boolean strictPlus;

    /** @param strictPlus whether a phone number without a plus is an error */
    SendParser(boolean strictPlus) {
        this.strictPlus = strictPlus;
    }

    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient GraphError error;

        Refusal(GraphError error) {
            super(null, null, false, false);
            this.error = error;
        }
    }

    SendRequest parse(byte[] body) {
        try {
            return read(Json.MAPPER.readTree(body));
        } catch (JacksonException e) {
            return new Refused(GraphError.of(100, null, "The request body is not valid JSON."));
        } catch (Refusal e) {
            return new Refused(e.error);
        }
    }

    private SendRequest read(JsonNode body) {
        if (!body.isObject()) {
            throw new Refusal(GraphError.parameter("The parameter messaging_product is required."));
        }
        String product = required(body, "messaging_product", "messaging_product");
        check(
                product.equals("whatsapp"),
                "Param messaging_product must be one of {whatsapp} - got \"" + product + "\".");
        return body.has("status") ? markRead(body) : send(body);
    }

    private static SendRequest markRead(JsonNode body) {
        String status = required(body, "status", "status");
        check(status.equals("read"), "Param status must be one of {read} - got \"" + status + "\".");
        return new SendRequest.MarkRead(required(body, "message_id", "message_id"));
    }

    private SendRequest send(JsonNode body) {
        String recipientType = text(body, "recipient_type");
        if (recipientType != null && !recipientType.equals("individual")) {
            throw new Refusal(GraphError.of(131051, null, "Only recipient_type individual is supported here."));
        }
        Recipient to = recipient(body);
        String opaque = text(body, "biz_opaque_callback_data");
        check(
                opaque == null || opaque.length() <= MAX_OPAQUE,
                "Param biz_opaque_callback_data must be at most 512 characters long.");
        String replyTo =
                body.has("context") ? required(body.path("context"), "message_id", "context['message_id']") : null;
        return new SendRequest.Send(to, opaque, content(body), replyTo);
    }

    private Recipient recipient(JsonNode body) {
        String to = text(body, "to");
        String user = text(body, "recipient");
        if (to != null && !to.isEmpty()) {
            return phone(to);
        }
        if (user == null || user.isEmpty()) {
            throw new Refusal(GraphError.noRecipient());
        }
        if (!USER_ID.matcher(user).matches()) {
            throw new Refusal(GraphError.of(131009, null, "The recipient is not a valid user id."));
        }
        return new Recipient(user, user, true);
    }

    private Recipient phone(String to) {
        String digits = DECORATION.matcher(to).replaceAll("");
        boolean valid = PHONE.matcher(to).matches() && digits.length() >= 5 && digits.length() <= 20;
        if (!valid || (strictPlus && !to.startsWith("+"))) {
            throw new Refusal(GraphError.of(
                    131009,
                    null,
                    strictPlus
                            ? "The recipient must be in E.164 form with a plus."
                            : "The recipient is not a phone number."));
        }
        return new Recipient(to, digits, false);
    }

    private static Content content(JsonNode body) {
        String type = text(body, "type");
        if (type == null) {
            return text(body.path("text"));
        }
        return switch (type) {
            case "text" -> text(body.path("text"));
            case "template" -> template(body.path("template"));
            case "image", "video", "audio", "document", "sticker" -> media(type, body.path(type));
            case "reaction", "location", "contacts", "interactive" -> RichParser.parse(type, body.path(type));
            default -> throw new Refusal(unsupported(type));
        };
    }

    private static GraphError unsupported(String type) {
        return GraphError.parameter("Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE,"
                + " LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO} - got \"" + type + "\".");
    }

    private static Content text(JsonNode object) {
        String text = required(object, "body", "text['body']");
        check(
                text.codePointCount(0, text.length()) <= MAX_TEXT,
                "Param text['body'] must be at most 4096 characters long.");
        return new Content.Text(text);
    }

    private static Content media(String kind, JsonNode object) {
        String id = text(object, "id");
        String link = text(object, "link");
        check(id != null || link != null, "The parameter " + kind + "['id'] or " + kind + "['link'] is required.");
        String caption = text(object, "caption");
        boolean captioned = !kind.equals("audio") && !kind.equals("sticker");
        check(caption == null || captioned, "Param " + kind + "['caption'] is not allowed.");
        check(
                caption == null || caption.codePointCount(0, caption.length()) <= MAX_CAPTION,
                "Param " + kind + "['caption'] must be at most 1024 characters long.");
        return new Content.Media(kind, id, link, caption, text(object, "filename"));
    }

    private static Content template(JsonNode object) {
        String name = required(object, "name", "template['name']");
        check(name.length() <= MAX_TEMPLATE_NAME, "Param template['name'] must be at most 512 characters long.");
        String language = required(object.path("language"), "code", "template['language']['code']");
        return new Content.Template(name, language, object.path("components"), null);
    }

    private static String required(JsonNode object, String member, String name) {
        String text = text(object, member);
        if (text == null || text.isEmpty()) {
            throw new Refusal(GraphError.parameter("The parameter " + name + " is required."));
        }
        return text;
    }

    private static @Nullable String text(JsonNode object, String member) {
        JsonNode value = object.get(member);
        if (value == null || value.isNull()) {
            return null;
        }
        check(value.isString(), "Param " + member + " must be a string.");
        return value.stringValue();
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new Refusal(GraphError.parameter(message));
        }
    }
}
