package dev.parley.server.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.InboundContent;
import dev.parley.connector.MediaKind;
import dev.parley.server.platform.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an edit leaves of a message's file. */
final class EditedPayloadTest {

    /** The file that is there has hash A; what is stored of it and told of the new one, and what is to be left. */
    @ParameterizedTest(name = "{0}, then {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                // there, told, size after, sha256 after, to be got
                "here, A, 7, A, -",
                "here, B, -, B, m2",
                "here, -, 7, A, m2",
                "pending, A, -, A, m2",
                "pending, B, -, B, m2",
                "pending, -, -, -, m2",
                "given up, A, -, A, m2",
                "text, A, -, A, m2",
                "nothing, A, -, A, m2",
            })
    void keepsTheFileOrWantsTheOther(
            String there,
            @Nullable String told,
            @Nullable Integer size,
            @Nullable String sha256,
            @Nullable String got) {
        EditedPayload edited = EditedPayload.of(before(there), image(told));
        JsonNode file = Json.MAPPER.readTree(edited.json()).path("image");
        assertThat(
                        file.path("size").isNull()
                                ? null
                                : (Integer) file.path("size").intValue())
                .isEqualTo(size);
        assertThat(file.path("sha256").isNull() ? null : file.path("sha256").stringValue())
                .isEqualTo(sha256);
        assertThat(edited.file()).isEqualTo(got);
        assertThat(file.path("caption").asString()).isEqualTo("new");
        assertThat(file.has("error")).isFalse();
        assertThat(Json.MAPPER.readTree(edited.json()).at("/context/messageId").asString(""))
                .isEqualTo(there.equals("nothing") ? "" : "c1");
    }

    @ParameterizedTest
    @CsvSource({"here, 7", "pending, -1", "given up, -1"})
    void takesATextForTheCaption(String there, int size) {
        EditedPayload edited = EditedPayload.of(before(there), new InboundContent.Text("new\u0000"));
        JsonNode file = Json.MAPPER.readTree(edited.json()).path("image");
        assertThat(file.path("caption").asString()).isEqualTo("new\uFFFD");
        assertThat(file.path("size").asInt(-1)).isEqualTo(size);
        assertThat(file.path("sha256").asString()).isEqualTo("A");
        assertThat(edited.file()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"here", "pending", "given up"})
    void keepsAFileWhenTheEditIsNotUnderstood(String there) {
        EditedPayload edited = EditedPayload.of(before(there), new InboundContent.Unsupported("hologram"));
        assertThat(Json.MAPPER.readTree(edited.json())).isEqualTo(Json.MAPPER.readTree(before(there)));
        assertThat(edited.file()).isNull();
    }

    private static InboundContent.Media image(@Nullable String sha256) {
        return new InboundContent.Media(MediaKind.IMAGE, "m2", null, sha256, null, "new", false, false);
    }

    private static @Nullable String before(String there) {
        ObjectNode payload = Json.MAPPER.createObjectNode();
        payload.putObject("context").put("messageId", "c1");
        if (there.equals("text")) {
            payload.put("type", "text").putObject("text").put("value", "old");
            return Json.text(payload);
        }
        ObjectNode file = payload.put("type", "image").putObject("image");
        file.put("mime_type", "image/png")
                .put("caption", "old")
                .put("sha256", "A")
                .putNull("size");
        switch (there) {
            case "here" -> file.put("size", 7);
            case "given up" -> file.putObject("error").put("code", "media_unavailable");
            default -> {}
        }
        return there.equals("nothing") ? null : Json.text(payload);
    }
}
