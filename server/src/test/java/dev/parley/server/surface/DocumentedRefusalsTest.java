package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.HttpClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operation of the document refuses before it is asked, and what it does not send twice. */
@NullUnmarked
class DocumentedRefusalsTest extends DocumentedCase {

    static Stream<Described> queried() {
        return everywhere().filter(operation -> operation.answers(400));
    }

    static Stream<Described> files() {
        return everywhere()
                .filter(operation -> !operation.item().template().startsWith(World.BASE))
                .filter(operation -> operation.answers(304));
    }

    static Stream<Described> negotiated() {
        return everywhere().filter(operation -> operation.answers(406));
    }

    static Stream<Described> reading() {
        return everywhere().filter(operation -> operation.answers(415));
    }

    @ParameterizedTest
    @MethodSource("negotiated")
    void typeThatCannotBeMadeIsRefused(Described operation) {
        assertThat(errors(send(operation, "", null, "Accept", "text/html"))).containsExactly("406 Accept");
    }

    @ParameterizedTest
    @MethodSource("reading")
    void typeThatCannotBeReadIsRefused(Described operation) {
        assertThat(errors(send(operation, "", "{}", "Content-Type", "text/plain")))
                .containsExactly("415 Content-Type");
    }

    @ParameterizedTest
    @MethodSource("queried")
    void queryThatIsNotTextIsRefused(Described operation) {
        HttpResponse<String> answer = send(operation, "?x=%ff", null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_query_parameter");
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileThatIsUnchangedIsNotSentAgain(Described file) {
        String tag = send(file, "", null).headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send(file, "", null, "If-None-Match", tag, "X-Request-Id", "mine-1");
        assertThat(again.headers().firstValue("X-Request-Id")).hasValue("mine-1");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void headersThatAreTooLargeAreRefused() throws IOException {
        URI uri = URI.create(world.server.baseUrl() + "/messages");
        String request = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000)
                + "\r\nConnection: close\r\n\r\n";
        HttpResponse<String> answer =
                HttpClients.raw(HttpRequest.newBuilder(uri).build(), request);
        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(answer.body()).contains("headers_too_large");
    }

    /** With the token that the path is for. */
    private static HttpResponse<String> send(Described operation, String query, String body, String... headers) {
        String path = operation.item().template();
        String token = path.contains("/management/") ? World.PARTNER : world.asking.token;
        String[] all = Stream.concat(Stream.of("Authorization", "Bearer " + token), Stream.of(headers))
                .toArray(String[]::new);
        return world.server.raw(operation.method(), path.replaceAll("\\{[^}]*}", NONE) + query, body, all);
    }
}
