package dev.parley.server.ledger;

import dev.parley.testkit.ledger.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The metrics of a server as they are now. */
final class Scrape {

    private final List<String> lines;

    Scrape(ServerProcess server) {
        URI metrics = URI.create(server.ready().path("managementUrl").asString() + "/metrics");
        try (InputStream body = metrics.toURL().openStream()) {
            lines = new String(body.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all series with this name. */
    double sum(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
