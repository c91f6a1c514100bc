package dev.parley.server.kinds;

import static dev.parley.server.kinds.KindsTest.world;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import dev.parley.server.wiring.Samples;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Candidates who change or take back a message with a file. */
abstract class ChangedFiles {

    private static final String REVOKED = "{\"type\":\"unsupported\",\"unsupported\":{\"type\":\"revoked\"}}";

    @AfterEach
    void endFaults() {
        world.server.control("/faults", Map.of("rules", List.of()));
    }

    @Test
    void shouldKeepTheFileWhenItsCaptionChanges() throws Exception {
        String phone = world.phone();
        byte[] pdf = Samples.pdf("caption");
        String original = send(phone, pdf, Map.of("caption", "old", "filename", "cv.pdf"));
        String id = only(phone);
        here(id, pdf);
        Map<String, Object> inner = document(pdf);
        inner.put("caption", "new");
        edit(phone, original, inner);
        JsonNode edited = world.awaitMessage(id, message -> caption(message).equals("new"));

        assertThat(file(edited).path("size").asInt()).isEqualTo(pdf.length);
        assertThat(file(edited).path("filename").asString()).isEqualTo("cv.pdf");
        assertThat(media(id).statusCode()).isEqualTo(200);
        assertThat(world.number("select count(*) from media_downloads where message_id = '" + id + "'"))
                .isZero();
        Map<String, Object> text = Map.of("type", "text", "text", Map.of("body", "newest"));
        world.reply(phone, Map.of("edit", Map.of("messageId", original, "message", text), "timestamp", second() + 3));
        JsonNode again = world.awaitMessage(id, message -> caption(message).equals("newest"));
        assertThat(file(again).path("sha256").asString()).isEqualTo(Samples.sha256(pdf));
        assertThat(media(id).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGetTheOtherFileAndDropTheFirst() throws Exception {
        byte[] other = Samples.pdf("the other");
        send(world.phone(), other, Map.of());
        String phone = world.phone();
        byte[] first = Samples.pdf("the first");
        String original = send(phone, first, Map.of());
        String id = only(phone);
        here(id, first);
        edit(phone, original, document(other));
        here(id, other);

        assertThat(world.number("select count(*) from media_files where check_at is not null and sha256 = '"
                        + Samples.sha256(first) + "'"))
                .as("due to be removed")
                .isEqualTo(1);
    }

    @Test
    void shouldGetTheFileOfAnEditThatCameFirst() throws Exception {
        byte[] other = Samples.pdf("edited early");
        send(world.phone(), other, Map.of());
        fault("lookUp", 3, Map.of("http", Map.of("status", 503)));
        String phone = world.phone();
        Map<String, Object> inner = document(other);
        inner.put("caption", "after");
        edit(phone, "wamid.file-later", inner);
        world.reply(
                phone,
                Map.of(
                        "media",
                        media(Samples.pdf("never seen"), Map.of("caption", "before")),
                        "messageId",
                        "wamid.file-later",
                        "timestamp",
                        second()));
        String id = only(phone);
        JsonNode edited = world.awaitMessage(id, message -> message.path("meta").has("editedAt"));

        assertThat(caption(edited)).isEqualTo("after");
        here(id, other);
        assertThat(caption(world.message(id))).isEqualTo("after");
    }

    @Test
    void shouldTakeTheFileAwayWithTheMessage() throws Exception {
        String phone = world.phone();
        byte[] pdf = Samples.pdf("regretted");
        String original = send(phone, pdf, Map.of("caption", "regretted-caption"));
        String id = only(phone);
        here(id, pdf);
        world.reply(phone, Map.of("revoke", Map.of("messageId", original)));
        world.awaitMessage(id, message -> message.path("meta").has("revokedAt"));

        assertThat(media(id).statusCode()).isEqualTo(404);
        assertThat(world.number("select count(*) from events where resource_id = '" + id
                        + "' and (state like '%sha256%' or state like '%regretted%')"))
                .isZero();
        sweep();
        await().until(() -> stored(pdf).isEmpty());
    }

    @Test
    void shouldDropADownloadOfWhatIsTakenBack() throws Exception {
        fault("download", 1, Map.of("slow", Map.of("ms", 1_500)));
        String phone = world.phone();
        byte[] pdf = Samples.pdf("under way");
        String original = send(phone, pdf, Map.of());
        String id = only(phone);
        await().until(() ->
                world.number("select count(*) from media_downloads where tries > 0 and message_id = '" + id + "'") > 0);
        world.reply(phone, Map.of("revoke", Map.of("messageId", original)));
        world.awaitMessage(id, message -> message.path("meta").has("revokedAt"));

        assertThat(world.number("select count(*) from media_downloads where message_id = '" + id + "'"))
                .isZero();
        // The bytes that were under way come, and go.
        await().until(() -> !stored(pdf).isEmpty());
        await().until(() -> {
            sweep();
            return stored(pdf).isEmpty();
        });
        assertThat(world.message(id).at("/attributes/payload")).isEqualTo(Json.MAPPER.readTree(REVOKED));
        assertThat(media(id).statusCode()).isEqualTo(404);
    }

    private static String send(String phone, byte[] pdf, Map<String, String> more) {
        return world.reply(phone, Map.of("media", media(pdf, more), "timestamp", second()));
    }

    private static Map<String, Object> media(byte[] pdf, Map<String, String> more) {
        Map<String, Object> media = new HashMap<>(more);
        media.put("type", "document");
        media.put("mimeType", "application/pdf");
        media.put("data", Base64.getEncoder().encodeToString(pdf));
        return media;
    }

    private static void edit(String phone, String original, Map<String, Object> document) {
        world.reply(
                phone,
                Map.of(
                        "edit",
                        Map.of("messageId", original, "message", Map.of("type", "document", "document", document)),
                        "timestamp",
                        second() + 1));
    }

    /** As the provider names a file that it has. */
    private static Map<String, Object> document(byte[] pdf) {
        String sha256 = Samples.sha256(pdf);
        for (JsonNode one : Json.MAPPER
                .readTree(HttpClients.send("GET", world.server.simulatorUrl() + "/_control/media", null)
                        .body())
                .path("media")) {
            if (one.path("sha256").asString().equals(sha256)) {
                Map<String, Object> document = new HashMap<>();
                document.put("id", one.path("id").asString());
                document.put("mime_type", "application/pdf");
                document.put(
                        "sha256",
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)));
                return document;
            }
        }
        throw new AssertionError("the provider has no such file");
    }

    private static void fault(String on, int count, Map<String, ?> effects) {
        world.server.control("/faults", Map.of("rules", List.of(Map.of("on", on, "count", count, "effects", effects))));
    }

    private static String only(String phone) {
        return world.awaitMessages(world.thread(phone), 1).getFirst().path("id").asString();
    }

    private static void here(String id, byte[] pdf) {
        await().untilAsserted(() -> {
            world.server.sql("update media_downloads set due_at = least(due_at, now()) where tries between 1 and 3"
                    + " and due_at < now() + interval '1 minute'");
            JsonNode file = file(world.message(id));
            assertThat(file.path("size").asInt(-1)).isEqualTo(pdf.length);
            assertThat(file.path("sha256").asString()).isEqualTo(Samples.sha256(pdf));
        });
        assertThat(media(id).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> media(String id) {
        return world.server.api("GET", "/messages/" + id + "/media", world.customer.token, null);
    }

    private static JsonNode file(JsonNode message) {
        return message.at("/attributes/payload/document");
    }

    private static String caption(JsonNode message) {
        return file(message).path("caption").asString("");
    }

    private static void sweep() throws Exception {
        world.server.sql(
                "update media_files set touched_at = now() - interval '1 hour', check_at = now() where check_at is not null");
    }

    private static List<Path> stored(byte[] bytes) throws IOException {
        String name = Samples.sha256(bytes);
        try (Stream<Path> files = Files.walk(world.server.data.resolve("media"))) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .toList();
        }
    }

    private static long second() {
        return Instant.now().getEpochSecond();
    }
}
