package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.simulator.json.Json;
import dev.parley.simulator.whatsapp.MediaShelf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files as Graph takes and gives them. */
final class MediaTest extends SimulatorTest {

    private static final byte[] PDF = "%PDF-1.4 a file".getBytes(StandardCharsets.US_ASCII);

    @Test
    void givesBackWhatWasUploadedUntilTheUrlAndTheIdEnd() throws Exception {
        String id = uploaded("application/pdf", PDF);
        JsonNode found = Json.MAPPER.readTree(
                exchange("GET", "/v26.0/" + id, null, "any").body());
        assertThat(found.path("sha256").asString()).isEqualTo(MediaShelf.sha256(PDF));
        assertThat(found.path("file_size").asInt()).isEqualTo(PDF.length);
        String url = found.path("url").asString();
        assertThat(download(url, true).body()).isEqualTo(PDF);
        assertThat(download(url, false).statusCode()).isEqualTo(401);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(download(url, true).statusCode()).isEqualTo(404);
        now = now.plus(MediaShelf.UPLOADED);
        assertThat(exchange("GET", "/v26.0/" + id, null, "any").statusCode()).isEqualTo(400);
    }

    @Test
    void deletes() throws Exception {
        String id = uploaded("application/pdf", PDF);
        assertThat(exchange("DELETE", "/v26.0/" + id, null, "any").body()).contains("true");
        assertThat(exchange("GET", "/v26.0/" + id, null, "any").statusCode()).isEqualTo(400);
    }

    @Test
    void listsTheNewestAloneAndEndsOneAlone() throws Exception {
        String first = uploaded("application/pdf", PDF);
        String second = uploaded("application/pdf", PDF);
        String third = uploaded("application/pdf", PDF);
        assertThat(listed("")).containsExactly(first, second, third);
        assertThat(listed("?newest=2")).containsExactly(second, third);
        assertThat(control("POST", "/media/expire", "{\"id\":\"" + second + "\"}")
                        .path("expired")
                        .asInt())
                .isOne();
        assertThat(send("document", first).statusCode()).isEqualTo(200);
        assertThat(error(send("document", second)).path("code").asInt()).isEqualTo(131009);
        assertThat(control("POST", "/media/expire", "{\"id\":\"1\"}")
                        .path("expired")
                        .asInt())
                .isZero();
    }

    private List<String> listed(String query) throws Exception {
        List<String> ids = new ArrayList<>();
        control("GET", "/media" + query, null)
                .path("media")
                .forEach(medium -> ids.add(medium.path("id").asString()));
        return ids;
    }

    @Test
    void refusesATypeThatNoKindTakes() throws Exception {
        assertThat(error(upload("application/zip", PDF)).path("message").asString())
                .startsWith("(#100) Param file must be a file with one of the following types: application/msword");
    }

    @Test
    void sendsWhatWasUploadedAndNothingElse() throws Exception {
        String id = uploaded("application/pdf", PDF);
        assertThat(send("document", id).statusCode()).isEqualTo(200);
        JsonNode media = ledger().path(0).path("media");
        assertThat(media.path("sha256").asString()).isEqualTo(MediaShelf.sha256(PDF));
        assertThat(error(send("document", "1")).path("code").asInt()).isEqualTo(131009);
        control("POST", "/media/expire", "{\"id\":\"" + id + "\"}");
        assertThat(error(send("document", id)).path("code").asInt()).isEqualTo(131009);
    }

    @Test
    void failsLaterForATypeThatTheKindDoesNotTake() throws Exception {
        assertThat(send("image", uploaded("application/pdf", PDF)).statusCode()).isEqualTo(200);
        assertThat(send("document", uploaded("application/pdf", "no pdf".getBytes(StandardCharsets.US_ASCII)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(awaitStatuses(2)).containsExactly("failed", "failed");
    }

    @Test
    void callsBackWithAFileThatCanBeFetched() throws Exception {
        control("POST", "/reply", """
                {"phoneNumberId":"%s","from":"+16505551234","wait":true,
                 "media":{"type":"document","data":"%s","mimeType":"application/pdf","filename":"cv.pdf","caption":"Mine"}}
                """.formatted(NUMBER, Base64.getEncoder().encodeToString(PDF)));
        JsonNode document = receiver.all("messages").getLast().path("document");
        assertThat(Base64.getDecoder().decode(document.path("sha256").asString()))
                .isEqualTo(HexFormat.of().parseHex(MediaShelf.sha256(PDF)));
        assertThat(document.path("filename").asString()).isEqualTo("cv.pdf");
        assertThat(download(document.path("url").asString(), true).body()).isEqualTo(PDF);
    }

    @Test
    void misbehavesOnDemand() throws Exception {
        fault("{\"on\":\"upload\",\"count\":1,\"effects\":{\"http\":{\"status\":503}}}");
        fault("{\"on\":\"lookUp\",\"count\":1,\"effects\":{\"wrongHash\":true}}");
        fault("{\"on\":\"download\",\"count\":1,\"effects\":{\"acceptThenCut\":true}}");
        assertThat(upload("application/pdf", PDF).statusCode()).isEqualTo(503);
        String id = uploaded("application/pdf", PDF);
        JsonNode found = Json.MAPPER.readTree(
                exchange("GET", "/v26.0/" + id, null, "any").body());
        assertThat(found.path("sha256").asString()).isNotEqualTo(MediaShelf.sha256(PDF));
        String url = found.path("url").asString();
        assertThatThrownBy(() -> download(url, true)).isInstanceOf(IOException.class);
        assertThat(download(url, true).body()).isEqualTo(PDF);
        assertThat(send().statusCode()).isEqualTo(200);
    }

    private String uploaded(String type, byte[] bytes) throws Exception {
        return Json.MAPPER.readTree(upload(type, bytes).body()).path("id").asString();
    }

    private HttpResponse<String> upload(String type, byte[] bytes) throws Exception {
        String head = "--b\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\nContent-Type: " + type
                + "\r\n\r\n" + new String(bytes, StandardCharsets.ISO_8859_1) + "\r\n--b--\r\n";
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(simulator.url() + "/v26.0/" + NUMBER + "/media"))
                        .header("Authorization", "Bearer any")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofString(head, StandardCharsets.ISO_8859_1))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> download(String url, boolean token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
        if (token) {
            request.header("Authorization", "Bearer any");
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> send(String kind, String id) throws Exception {
        return post("{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",\"type\":\"" + kind + "\",\"" + kind
                + "\":{\"id\":\"" + id + "\"}}");
    }
}
