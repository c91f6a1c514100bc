package dev.parley.server.platform.http;

import dev.parley.server.openapi.DocumentCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;

/**
 * Sends requests to a server under test, by a client or byte by byte. What goes by the client is held against the OpenAPI
 * document.
 */
@NullUnmarked
public final class HttpClients {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private HttpClients() {}

    /** Sends a request with headers as names and values in turn. */
    public static HttpResponse<String> send(String method, String url, String body, String... headers) {
        HttpRequest request = request(method, url, body, headers);
        HttpResponse<String> answer = answer(request);
        DocumentCheck.check(request, body, answer);
        return answer;
    }

    /** The same for a server with made-up content, which no document describes. */
    public static HttpResponse<String> sendMadeUp(String method, String url, String body, String... headers) {
        return answer(request(method, url, body, headers));
    }

    private static HttpRequest request(String method, String url, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    public static HttpResponse<String> send(HttpRequest request) {
        HttpResponse<String> answer = answer(request);
        DocumentCheck.check(request, null, answer);
        return answer;
    }

    private static HttpResponse<String> answer(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The same, held against the document as the answer to what the bytes are meant to be. */
    public static HttpResponse<String> raw(HttpRequest meant, String text) throws IOException {
        HttpResponse<String> answer = RawAnswer.of(meant, raw(meant.uri().getPort(), text));
        DocumentCheck.check(meant, null, answer);
        return answer;
    }

    /** Sends these very bytes and reads until the server closes the connection. */
    public static String raw(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
