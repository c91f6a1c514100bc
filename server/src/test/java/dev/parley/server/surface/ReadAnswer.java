package dev.parley.server.surface;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.NullUnmarked;

/** An answer whose body was read by hand. */
@NullUnmarked
record ReadAnswer(HttpResponse<?> from, String body) implements HttpResponse<String> {

    @Override
    public int statusCode() {
        return from.statusCode();
    }

    @Override
    public HttpRequest request() {
        return from.request();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return from.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return from.sslSession();
    }

    @Override
    public URI uri() {
        return from.uri();
    }

    @Override
    public HttpClient.Version version() {
        return from.version();
    }
}
