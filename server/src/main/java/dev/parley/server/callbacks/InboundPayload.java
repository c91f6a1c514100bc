package dev.parley.server.callbacks;

import dev.parley.connector.InboundContent;
import dev.parley.connector.MediaKind;
import dev.parley.server.platform.json.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a candidate wrote, as the payload that callers see. */
final class InboundPayload {

    private static final int LONGEST_TYPE = 64;

    private InboundPayload() {}

    /**
     * The payload as JSON text.
     *
     * @param answers the message of ours that it answers; null when it answers none that is known
     */
    static String of(InboundContent content, @Nullable UUID answers) {
        ObjectNode payload = Json.MAPPER.createObjectNode();
        switch (content) {
            case InboundContent.Text(String value) ->
                payload.put("type", "text").putObject("text").put("value", storable(value));
            case InboundContent.Media file -> put(payload, file);
            case InboundContent.Unsupported(String type) ->
                payload.put("type", "unsupported")
                        .putObject("unsupported")
                        .put("type", storable(type.substring(0, Math.min(LONGEST_TYPE, type.length()))));
        }
        if (answers != null) {
            payload.putObject("context").put("messageId", answers.toString());
        }
        return Json.text(payload);
    }

    /** Its size is known when its bytes are here. */
    private static void put(ObjectNode payload, InboundContent.Media file) {
        String type = file.kind().word();
        ObjectNode object = payload.put("type", type).putObject(type);
        object.put("mime_type", file.mimeType());
        object.put("filename", file.fileName() == null ? null : storable(file.fileName()));
        object.put("caption", file.caption() == null ? null : storable(file.caption()));
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
    private static String storable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean unstorable = point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
            out.appendCodePoint(unstorable ? 0xFFFD : point);
        });
        return out.toString();
    }
}
