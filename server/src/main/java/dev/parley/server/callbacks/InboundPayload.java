package dev.parley.server.callbacks;

import dev.parley.connector.InboundContent;
import dev.parley.connector.MediaKind;
import dev.parley.server.payloads.ContactCardJson;
import dev.parley.server.platform.json.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What a candidate wrote, as the payload that callers see. */
final class InboundPayload {

    /** The member that names the message that is answered. */
    static final String CONTEXT = "context";

    /** The member, in a context and in a reaction, that holds a message's id. */
    static final String MESSAGE_ID = "messageId";

    static final String REACTION = "reaction";
    private static final String UNSUPPORTED = "unsupported";
    private static final String TYPE = "type";
    private static final int LONGEST_TYPE = 64;

    private InboundPayload() {}

    /**
     * The payload as JSON text.
     *
     * @param answers the message of ours that it answers; null when it answers none that is known
     * @param target the message that it reacts to; null when it is no reaction, or to none that is known yet
     */
    static String of(InboundContent content, @Nullable UUID answers, @Nullable UUID target) {
        ObjectNode payload = Json.MAPPER.createObjectNode();
        switch (content) {
            case InboundContent.Text(String value) ->
                payload.put(TYPE, "text").putObject("text").put("value", value);
            case InboundContent.Media file -> put(payload, file);
            case InboundContent.Location location -> location(payload, location);
            case InboundContent.Contacts contacts -> {
                ArrayNode cards = payload.put(TYPE, "contacts").putArray("contacts");
                contacts.cards().forEach(card -> cards.add(ContactCardJson.write(card)));
            }
            case InboundContent.Reaction reaction ->
                payload.put(TYPE, REACTION)
                        .putObject(REACTION)
                        .put(MESSAGE_ID, target == null ? null : target.toString())
                        .put("emoji", reaction.emoji());
            case InboundContent.Choice choice -> InteractiveAnswer.write(interactive(payload), choice);
            case InboundContent.Form form -> InteractiveAnswer.write(interactive(payload), form);
            case InboundContent.Order order -> InteractiveAnswer.write(interactive(payload), order);
            case InboundContent.Unsupported unsupported -> unsupported(payload, unsupported);
        }
        if (answers != null) {
            payload.putObject(CONTEXT).put(MESSAGE_ID, answers.toString());
        }
        return Json.text(storable(payload));
    }

    /** What stands in place of a message that the candidate took back. */
    static String revoked() {
        return of(new InboundContent.Unsupported("revoked"), null, null);
    }

    private static ObjectNode interactive(ObjectNode payload) {
        return payload.put(TYPE, "interactive").putObject("interactive");
    }

    private static void location(ObjectNode payload, InboundContent.Location location) {
        ObjectNode node = payload.put(TYPE, "location").putObject("location");
        node.put("latitude", location.latitude()).put("longitude", location.longitude());
        put(node, "name", location.name());
        put(node, "address", location.address());
        put(node, "url", location.url());
    }

    private static void unsupported(ObjectNode payload, InboundContent.Unsupported content) {
        String type = content.type();
        ObjectNode node = payload.put(TYPE, UNSUPPORTED).putObject(UNSUPPORTED);
        node.put(TYPE, type.substring(0, Math.min(LONGEST_TYPE, type.length())));
        if (!content.faults().isEmpty()) {
            ArrayNode errors = node.putArray("errors");
            content.faults()
                    .forEach(fault ->
                            errors.addObject().put("code", fault.code()).put("title", fault.title()));
        }
    }

    static void put(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }

    /** Its size is known when its bytes are here. */
    private static void put(ObjectNode payload, InboundContent.Media file) {
        String type = file.kind().word();
        ObjectNode object = payload.put(TYPE, type).putObject(type);
        object.put("mime_type", file.mimeType());
        object.put("filename", file.fileName());
        object.put("caption", file.caption());
        object.putNull("size");
        object.put("sha256", file.sha256());
        if (file.kind() == MediaKind.AUDIO) {
            object.put("voice", file.voice());
        }
        if (file.kind() == MediaKind.STICKER) {
            object.put("animated", file.animated());
        }
    }

    /** PostgreSQL stores neither NUL nor half a surrogate pair; a candidate's message is not lost for one. */
    private static JsonNode storable(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode kept = Json.MAPPER.createObjectNode();
            object.properties().forEach(member -> kept.set(storable(member.getKey()), storable(member.getValue())));
            return kept;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode kept = Json.MAPPER.createArrayNode();
            array.forEach(element -> kept.add(storable(element)));
            return kept;
        }
        return node.isString() ? StringNode.valueOf(storable(node.stringValue())) : node;
    }

    private static String storable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean unstorable = point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
            out.appendCodePoint(unstorable ? 0xFFFD : point);
        });
        return out.toString();
    }
}
