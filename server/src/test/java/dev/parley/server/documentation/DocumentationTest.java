package dev.parley.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.openapi.DocumentCheck;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.jsonapi.JsonApi;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document and its page, without a token and without the internet. */
class DocumentationTest {

    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        HttpEdge edge =
                new HttpEdge(token -> null, new JsonApi("/public/v2", 32).failures(), HttpObserver.NONE, () -> "id");
        server = HttpServer.start(HttpOptions.defaults(), edge, new DocumentationRoutes().routes());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void documentIsTheOneOfThisSourceTree() throws Exception {
        HttpResponse<String> answer = get("/openapi.yaml");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(answer.body()).isEqualTo(Files.readString(Path.of("..", "docs", "openapi.yaml")));
    }

    @Test
    void everythingThatThePageRefersToIsServedFromHere() {
        HttpResponse<String> page = get("/docs/");
        assertThat(page.statusCode()).isEqualTo(200);
        List<String> references = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(references).hasSizeGreaterThan(4).allSatisfy(reference -> {
            assertThat(reference).startsWith("/").doesNotStartWith("//");
            assertThat(get(reference).statusCode()).as(reference).isEqualTo(200);
        });
        assertThat(get("/docs/swagger-ui.css").body())
                .doesNotContainPattern("(?i)@import")
                .doesNotContainPattern("(?i)url\\(['\"]?(https?:)?//");
        assertThat(get("/docs/docs.js").body()).doesNotContain("//cdn").doesNotContain("http");
    }

    @Test
    void pageMayReachThisServerAlone() {
        String policy =
                get("/docs").headers().firstValue("Content-Security-Policy").orElse("");
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self';", "connect-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("http", "*");
        assertThat(get("/docs").headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void fileThatTheCallerHasIsNotSentAgain() {
        String tag = get("/openapi.yaml").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = get("/openapi.yaml", "If-None-Match", "\"other\", W/" + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/openapi.yaml", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void filesAreCompressedForThoseWhoTakeIt() throws Exception {
        HttpResponse<byte[]> small = bytes("br, gzip;q=0.5");
        assertThat(small.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes();
        HttpResponse<byte[]> plain = bytes("gzip;q=0");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(unpacked).isEqualTo(plain.body());
        assertThat(small.body().length).isLessThan(plain.body().length / 3);
        assertThat(small.headers().firstValue("ETag"))
                .isNotEqualTo(plain.headers().firstValue("ETag"));
    }

    private HttpResponse<String> get(String path, String... headers) {
        return HttpClients.send("GET", server.url() + path, null, headers);
    }

    private HttpResponse<byte[]> bytes(String accepted) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/docs/swagger-ui-bundle.js"))
                    .header("Accept-Encoding", accepted)
                    .build();
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            DocumentCheck.checkHead(request, answer);
            return answer;
        }
    }
}
