package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files of messages, both ways, through HTTP. */
final class MediaMessagesTest extends MediaCase {

    @Test
    void sendsEveryKindAndGivesItBack() throws Exception {
        Map<String, byte[]> files = Map.of(
                "image", Samples.png("out"),
                "video", Samples.mp4("mp42", "vide", "out"),
                "audio", Samples.opus("out"),
                "document", Samples.docx("out"));
        Map<String, String> types = Map.of(
                "image", "image/png",
                "video", "video/mp4",
                "audio", "audio/ogg",
                "document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
            String kind = entry.getKey();
            byte[] bytes = entry.getValue();
            JsonNode made = made(send(kind, data(Base64.getMimeEncoder().encodeToString(bytes))));
            JsonNode file = made.at("/attributes/payload/" + kind);
            assertThat(file.path("mime_type").asString()).isEqualTo(types.get(kind));
            assertThat(file.path("size").asInt()).isEqualTo(bytes.length);
            assertThat(file.path("sha256").asString()).isEqualTo(Samples.sha256(bytes));
            assertThat(file.has("data")).isFalse();
            HttpResponse<byte[]> got = get(file.path("url").asString(), customer.token);
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body()).isEqualTo(bytes);
            assertThat(got.headers().firstValue("content-type")).contains(types.get(kind));
            await().until(() -> reached(made, "read"));
            assertThat(sentToProvider(kind).path("sha256").asString()).isEqualTo(Samples.sha256(bytes));
        }
    }

    @Test
    void keepsALargeBodyOutOfMemoryAndOneContentOnce() throws Exception {
        byte[] pdf = Samples.filled(Samples.pdf("large"), 3_000_000);
        String data = "data:application/pdf;base64,"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(pdf);
        Map<String, Object> content = new HashMap<>(data(data));
        content.put("filename", "C:\\cv\\Lebenslauf \u00fc.pdf");
        content.put("caption", "My CV");
        HttpResponse<String> first = send("document", content, "Idempotency-Key", "large-1");
        JsonNode made = made(first);
        assertThat(made(send("document", content)).at("/attributes/payload/document/sha256"))
                .isEqualTo(made.at("/attributes/payload/document/sha256"));
        assertThat(made.at("/attributes/payload/document/filename").asString()).isEqualTo("Lebenslauf \u00fc.pdf");
        assertThat(stored(Samples.sha256(pdf))).hasSize(1);
        HttpResponse<byte[]> got = get(url(made), customer.token);
        assertThat(got.body()).isEqualTo(pdf);
        assertThat(got.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"Lebenslauf _.pdf\"; filename*=UTF-8''Lebenslauf%20%C3%BC.pdf");
        await().until(() -> reached(made, "read"));
        assertThat(uploadsOf(Samples.sha256(pdf))).isEqualTo(1);
        try (Stream<Path> scratch = Files.list(server.data.resolve("media/scratch"))) {
            assertThat(scratch).isEmpty();
        }
    }

    @Test
    void answersTheSameLargeBodyWithTheSameKeyOnce() throws Exception {
        byte[] pdf = Samples.filled(Samples.pdf("keyed"), 200_000);
        String body = body("document", data(Base64.getEncoder().encodeToString(pdf)));
        HttpResponse<String> first = post(body, "Idempotency-Key", "keyed-1");
        HttpResponse<String> again = post(body, "Idempotency-Key", "keyed-1");
        HttpResponse<String> other = post(body.replace("Ada", "Eve"), "Idempotency-Key", "keyed-1");
        assertThat(made(again).path("id")).isEqualTo(made(first).path("id"));
        assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
        assertThat(other.statusCode()).isEqualTo(422);
    }

    @Test
    void servesPartsAndAnswersWhoHasItAlready() throws Exception {
        byte[] png = Samples.png("0123456789");
        String url = url(made(send("image", data(Base64.getEncoder().encodeToString(png)))));
        HttpResponse<byte[]> all = get(url, customer.token);
        String tag = all.headers().firstValue("etag").orElseThrow();
        assertThat(tag).isEqualTo("\"" + Samples.sha256(png) + "\"");
        assertThat(all.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(all.headers().firstValue("content-security-policy")).contains("sandbox; default-src 'none'");
        assertThat(all.headers().firstValue("cache-control")).contains("private, no-cache");
        assertThat(all.headers().firstValue("content-disposition")).contains("inline");
        HttpResponse<byte[]> part = get(url, customer.token, "Range", "bytes=1-3");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(new String(part.body(), StandardCharsets.US_ASCII)).isEqualTo("PNG");
        assertThat(part.headers().firstValue("content-range")).contains("bytes 1-3/" + png.length);
        assertThat(new String(get(url, customer.token, "Range", "bytes=-4").body(), StandardCharsets.US_ASCII))
                .isEqualTo("6789");
        assertThat(get(url, customer.token, "Range", "bytes=9999-").statusCode())
                .isEqualTo(416);
        assertThat(get(url, customer.token, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(get(url, customer.token, "Range", "bytes=1-3", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void showsNoOtherOrganizationTheFile() throws Exception {
        String url = url(made(send("image", data(Base64.getEncoder().encodeToString(Samples.png("mine"))))));
        String other = server.make(
                        "/management/organizations", server.partnerToken, "organizations", Map.of("name", "Other"))
                .at("/attributes/token")
                .asString();
        assertThat(get(url, other).statusCode()).isEqualTo(404);
        assertThat(get(url, "nobody").statusCode()).isEqualTo(401);
    }

    @Test
    void refusesWhatIsNotWhatItIsCalled() throws Exception {
        Map<String, Object> exe = new HashMap<>(data(Base64.getEncoder().encodeToString(Samples.exe("x"))));
        exe.put("mime_type", "image/png");
        exe.put("filename", "photo.png");
        assertThat(detail(send("image", exe))).contains("by its bytes and name").contains("mime_type");
        exe.remove("mime_type");
        assertThat(detail(send("image", exe))).contains("takes as image: image/jpeg, image/png");
        byte[] html = "<!DOCTYPE html><html><script>1</script></html>".getBytes(StandardCharsets.US_ASCII);
        Map<String, Object> page = new HashMap<>(data(Base64.getEncoder().encodeToString(html)));
        page.put("filename", "cv.txt");
        assertThat(detail(send("document", page))).contains("text/html");
        assertThat(detail(send("image", data(Base64.getEncoder().encodeToString(Samples.webp("x"))))))
                .contains("image/webp");
        assertThat(detail(send("audio", data(Base64.getEncoder().encodeToString(Samples.mp4("isom", "vide", "x"))))))
                .contains("video/mp4");
        assertThat(detail(send("image", data("n\u00f6 base64")))).contains("base64");
        assertThat(detail(send("image", Map.of()))).contains("Give data");
        Map<String, Object> captioned =
                new HashMap<>(data(Base64.getEncoder().encodeToString(Samples.opus("captioned"))));
        captioned.put("caption", "no");
        assertThat(detail(send("audio", captioned))).contains("Leave the caption out");
    }

    @Test
    void takesAFileOfExactlyTheLimitAndNoMore() throws Exception {
        byte[] full = Samples.filled(Samples.jpeg("limit"), 5 << 20);
        made(send("image", data(Base64.getEncoder().encodeToString(full))));
        byte[] over = Samples.filled(Samples.jpeg("limit"), (5 << 20) + 1);
        assertThat(detail(send("image", data(Base64.getEncoder().encodeToString(over)))))
                .contains("5242881 bytes")
                .contains("at most 5242880 bytes");
    }

    @Test
    void refusesABodyThatIsLargeElsewhere() {
        String body =
                "{\"data\":{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"" + "x".repeat(2_000_000) + "\"}}}";
        HttpResponse<String> answer = post(body);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("1048576 bytes beside the data of a file");
    }

    @Test
    void fetchesAFileFromAnAddress() throws Exception {
        byte[] png = Samples.png("linked");
        String link = url(made(send("image", data(Base64.getEncoder().encodeToString(png)))));
        // Without a token it is not given: an address must be readable by anybody.
        assertThat(detail(send(
                        "image",
                        Map.of(
                                "url",
                                server.raw("GET", "/", null).uri().resolve(link).toString()))))
                .contains("status 401");
        assertThat(detail(send("image", Map.of("url", "https://10.0.0.1/x.png"))))
                .contains("not public");
        assertThat(detail(send("image", Map.of("url", "file:///etc/passwd")))).contains("https://");
        JsonNode page = made(send(
                "document",
                Map.of(
                        "url",
                        server.raw("GET", "/", null)
                                .uri()
                                .resolve("/openapi.yaml")
                                .toString(),
                        "filename",
                        "api.txt")));
        assertThat(page.at("/attributes/payload/document/mime_type").asString()).isEqualTo("text/plain");
    }

    @Test
    void bringsEveryKindIn() throws Exception {
        Map<String, byte[]> files = Map.of(
                "image", Samples.jpeg("in"),
                "video", Samples.mp4("mp42", "vide", "in"),
                "audio", Samples.opus("in"),
                "document", Samples.pdf("in"),
                "sticker", Samples.webp("in"));
        Map<String, String> types = Map.of(
                "image", "image/jpeg",
                "video", "video/mp4",
                "audio", "audio/ogg; codecs=opus",
                "document", "application/pdf",
                "sticker", "image/webp");
        Map<String, String> ids = new HashMap<>();
        files.forEach(
                (kind, bytes) -> ids.put(kind, write(kind, Objects.requireNonNull(types.get(kind)), bytes, Map.of())));
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
            String kind = entry.getKey();
            byte[] bytes = entry.getValue();
            JsonNode message = received(Objects.requireNonNull(ids.get(kind)), kind);
            JsonNode file = message.at("/attributes/payload/" + kind);
            assertThat(file.path("sha256").asString()).isEqualTo(Samples.sha256(bytes));
            assertThat(get(file.path("url").asString(), customer.token).body()).isEqualTo(bytes);
        }
    }

    @Test
    void keepsTryingForWhatTheProviderDoesNotGiveAtOnce() throws Exception {
        server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(
                                Map.of("on", "lookUp", "count", 1, "effects", Map.of("http", Map.of("status", 503))),
                                Map.of("on", "download", "count", 1, "effects", Map.of("wrongHash", true)),
                                Map.of("on", "download", "count", 1, "effects", Map.of("acceptThenCut", true)))));
        byte[] pdf = Samples.filled(Samples.pdf("hard"), 300_000);
        String id = write("document", "application/pdf", pdf, Map.of("filename", "cv.pdf", "caption", "Mine"));
        JsonNode early = find(id, "document");
        if (early.at("/attributes/payload/document/size").isNull()) {
            HttpResponse<byte[]> pending =
                    get(early.at("/attributes/payload/document/url").asString(), customer.token);
            assertThat(pending.statusCode()).isEqualTo(409);
            assertThat(pending.headers().firstValue("retry-after")).isPresent();
        }
        await("a file that is hard to get").until(() -> {
            server.sql("update media_downloads set due_at = least(due_at, now()) where tries < 4");
            return find(id, "document").at("/attributes/payload/document/size").isIntegralNumber();
        });
        JsonNode message = find(id, "document");
        assertThat(get(message.at("/attributes/payload/document/url").asString(), customer.token)
                        .body())
                .isEqualTo(pdf);
        assertThat(message.at("/attributes/payload/document/caption").asString())
                .isEqualTo("Mine");
    }

    @Test
    void givesUpWhenTheProvidersTimeIsOver() throws Exception {
        server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(Map.of("on", "lookUp", "count", 2, "effects", Map.of("http", Map.of("status", 503))))));
        String id = write("image", "image/jpeg", Samples.jpeg("lost"), Map.of());
        find(id, "image");
        server.sql("update media_downloads set due_at = now(), give_up_at = now()");
        await().until(() -> find(id, "image")
                .at("/attributes/payload/image/error/code")
                .asString("")
                .equals("media_unavailable"));
        assertThat(get(find(id, "image").at("/attributes/payload/image/url").asString(), customer.token)
                        .statusCode())
                .isEqualTo(404);
        server.control("/faults", Map.of("rules", List.of()));
    }

    @Test
    void removesTheFileWithTheLastMessageThatNamesIt() throws Exception {
        byte[] png = Samples.png("gone");
        String data = Base64.getEncoder().encodeToString(png);
        JsonNode first = made(send("image", data(data)));
        JsonNode second = made(send("image", data(data)));
        await().until(() -> reached(second, "read"));
        server.api("DELETE", "/messages/" + first.path("id").asString(), customer.token, null);
        sweep();
        assertThat(get(url(second), customer.token).statusCode()).isEqualTo(200);
        server.api("DELETE", "/messages/" + second.path("id").asString(), customer.token, null);
        assertThat(get(url(second), customer.token).statusCode()).isEqualTo(404);
        sweep();
        await().until(() -> stored(Samples.sha256(png)).isEmpty());
    }

    @Test
    void takesBackWhatWasReadAndAnotherFileBeforeItIsSent() throws Exception {
        String at = Json.time(Instant.now().plus(Duration.ofHours(1)));
        String body =
                body("image", data(Base64.getEncoder().encodeToString(Samples.png("one"))), Map.of("scheduledAt", at));
        JsonNode made = made(post(body));
        JsonNode same = patched(made, made.at("/attributes/payload"));
        assertThat(same.at("/meta/version")).isEqualTo(made.at("/meta/version"));
        byte[] two = Samples.png("two");
        JsonNode other = patched(
                made,
                Json.MAPPER.valueToTree(Map.of(
                        "type", "image", "image", data(Base64.getEncoder().encodeToString(two)))));
        assertThat(get(url(other), customer.token).body()).isEqualTo(two);
    }

    @Test
    void givesFilesToASiteThatHasNoProvider() throws Exception {
        server.site(customer.token);
        String visitor = server.make(
                        "/message-threads",
                        customer.token,
                        "messageThreads",
                        Map.of("channel", "web", "identifier", "visitor-7"))
                .path("id")
                .asString();
        byte[] webp = Samples.webp("site");
        String body =
                body("image", data(Base64.getEncoder().encodeToString(webp))).replace(thread, visitor);
        JsonNode made = made(post(body));
        await().until(() -> reached(made, "sent"));
        assertThat(get(url(made), customer.token).body()).isEqualTo(webp);
    }
}
