package dev.parley.connectors.whatsapp;

import dev.parley.connector.InboundContent;
import dev.parley.connector.MediaKind;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands {@code image}, {@code video}, {@code audio}, {@code document} and {@code sticker} (webhooks reference). */
final class InboundMedia {

    private static final int MAX_CAPTION = 4_096;
    private static final int MAX_NAME = 255;
    private static final int MAX_TYPE = 100;
    private static final int SHA256_BYTES = 32;

    private InboundMedia() {}

    /** The file; null when the message is of another type, or names none. */
    static @Nullable InboundContent parse(@Nullable String type, JsonNode message) {
        MediaKind kind = kind(type);
        if (kind == null) {
            return null;
        }
        JsonNode file = message.path(kind.word());
        String id = Texts.id(Json.text(file, "id"));
        return id == null
                ? null
                : new InboundContent.Media(
                        kind,
                        id,
                        mimeType(Json.text(file, "mime_type")),
                        sha256(Json.text(file, "sha256")),
                        cut(Json.text(file, "filename"), MAX_NAME),
                        cut(Json.text(file, "caption"), MAX_CAPTION),
                        file.path("voice").booleanValue(false),
                        file.path("animated").booleanValue(false));
    }

    private static @Nullable MediaKind kind(@Nullable String type) {
        return switch (type) {
            case "image" -> MediaKind.IMAGE;
            case "video" -> MediaKind.VIDEO;
            case "audio" -> MediaKind.AUDIO;
            case "document" -> MediaKind.DOCUMENT;
            case "sticker" -> MediaKind.STICKER;
            case null, default -> null;
        };
    }

    /** Without parameters, such as {@code codecs=opus}. */
    static @Nullable String mimeType(@Nullable String written) {
        if (written == null) {
            return null;
        }
        String type = written.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.length() <= MAX_TYPE && type.matches("[a-z0-9.+-]+/[a-z0-9.+-]+") ? type : null;
    }

    /** In hexadecimal: callbacks have it in base64, look-ups in hexadecimal. Null for anything else. */
    static @Nullable String sha256(@Nullable String written) {
        if (written == null) {
            return null;
        }
        try {
            byte[] hash = written.length() == 2 * SHA256_BYTES
                    ? HexFormat.of().parseHex(written)
                    : Base64.getDecoder().decode(written);
            return hash.length == SHA256_BYTES ? HexFormat.of().formatHex(hash) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String cut(@Nullable String text, int most) {
        return text == null ? null : Texts.cut(text, most);
    }
}
