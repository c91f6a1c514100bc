package dev.parley.server.callbacks;

import dev.parley.connector.InboundContent;
import dev.parley.connector.MediaKind;
import dev.parley.server.platform.json.Json;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of a payload when the candidate writes its message anew. It goes on answering what it answered, and no edit takes
 * a file away: candidates edit texts and captions, so what comes without a file is about the caption of the one that is there.
 *
 * @param file the provider's id of a file that is to be got; null when there is none, or when it is here
 */
record EditedPayload(String json, @Nullable String file) {

    private static final String SIZE = "size";
    private static final String SHA256 = "sha256";
    private static final String CAPTION = "caption";
    private static final Set<String> FILES =
            Arrays.stream(MediaKind.values()).map(MediaKind::word).collect(Collectors.toUnmodifiableSet());

    /** @param payload as it is stored; null for nothing */
    static EditedPayload of(@Nullable String payload, InboundContent content) {
        ObjectNode before = tree(payload == null ? "{}" : payload);
        ObjectNode there = file(before);
        return switch (content) {
            case InboundContent.Media media -> media(before, there, media);
            case InboundContent.Text text when there != null -> captioned(before, there, text);
            default ->
                there != null
                        ? new EditedPayload(Json.text(before), null)
                        : new EditedPayload(Json.text(instead(before, content)), null);
        };
    }

    private static EditedPayload media(ObjectNode before, @Nullable ObjectNode there, InboundContent.Media media) {
        ObjectNode after = instead(before, media);
        ObjectNode file = file(after);
        if (file == null || there == null || !there.path(SIZE).isIntegralNumber()) {
            // What is wanted already under the same id stays so.
            return new EditedPayload(Json.text(after), media.providerId());
        }
        boolean told = file.path(SHA256).isString();
        boolean same = told && file.get(SHA256).equals(there.get(SHA256));
        if (told && !same) {
            return new EditedPayload(Json.text(after), media.providerId());
        }
        // Not told what it is, the file that is here stays until it is known whether that is another.
        there.properties().forEach(member -> {
            if (!member.getKey().equals(CAPTION) && !file.hasNonNull(member.getKey())) {
                file.set(member.getKey(), member.getValue());
            }
        });
        return new EditedPayload(Json.text(after), same ? null : media.providerId());
    }

    private static EditedPayload captioned(ObjectNode before, ObjectNode there, InboundContent.Text text) {
        ObjectNode read = tree(InboundPayload.of(text, null, null));
        there.set(CAPTION, read.path("text").path("value"));
        return new EditedPayload(Json.text(before), null);
    }

    private static ObjectNode instead(ObjectNode before, InboundContent content) {
        ObjectNode after = tree(InboundPayload.of(content, null, null));
        if (before.has(InboundPayload.CONTEXT)) {
            after.set(InboundPayload.CONTEXT, before.get(InboundPayload.CONTEXT));
        }
        return after;
    }

    private static @Nullable ObjectNode file(ObjectNode payload) {
        JsonNode type = payload.path("type");
        return type.isString()
                        && FILES.contains(type.stringValue())
                        && payload.get(type.stringValue()) instanceof ObjectNode file
                ? file
                : null;
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json);
    }
}
