package dev.parley.server.platform.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.NullUnmarked;

/** An answer that was read byte by byte. */
@NullUnmarked
record RawAnswer(HttpRequest request, int statusCode, HttpHeaders headers, String body)
        implements HttpResponse<String> {

    /** Takes one apart whose body comes in one piece. */
    static RawAnswer of(HttpRequest request, String text) {
        String[] parts = text.split("\r\n\r\n", 2);
        List<String> lines = parts[0].lines().toList();
        HttpHeaders headers = HttpHeaders.of(
                lines.stream()
                        .skip(1)
                        .map(line -> line.split(": ", 2))
                        .collect(Collectors.groupingBy(
                                header -> header[0], Collectors.mapping(header -> header[1], Collectors.toList()))),
                (name, value) -> true);
        return new RawAnswer(request, Integer.parseInt(lines.getFirst().split(" ", 3)[1]), headers, parts[1]);
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
