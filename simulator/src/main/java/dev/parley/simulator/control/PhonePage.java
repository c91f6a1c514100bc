package dev.parley.simulator.control;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Endpoint;
import dev.parley.simulator.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** {@code GET /}: a phone to type on, one page without outside resources. */
public final class PhonePage implements Endpoint {

    private final String page = read();

    @Override
    public Reply handle(Call call) {
        return Reply.html(200, page);
    }

    private static String read() {
        try (InputStream file =
                Objects.requireNonNull(PhonePage.class.getResourceAsStream("phone.html"), "phone.html")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
