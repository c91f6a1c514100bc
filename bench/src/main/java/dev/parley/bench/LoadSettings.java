package dev.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the load generator is to do.
 *
 * @param connections how many
 * @param rate requests a second in an open loop; 0 for a closed one, each connection as fast as it is answered
 * @param threads ids of the message threads to write to
 * @param notes where an open loop writes down when each request was sent and answered
 */
record LoadSettings(
        String host, int port, String token, int connections, int seconds, int rate, Path threads, Path notes) {

    List<byte[]> threadIds() throws IOException {
        return Files.readAllLines(threads).stream()
                .map(line -> line.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    RequestTemplate template() {
        return new RequestTemplate(host + ":" + port, token);
    }

    /** The same as an open loop's. */
    Traffic traffic() throws IOException {
        List<byte[]> ids = threadIds();
        return new Traffic(List.of(port), connections, seconds, rate, 201, () -> {
            RequestTemplate template = template();
            return number -> template.of(ids.get(number % ids.size()), number);
        });
    }

    @Override
    public String toString() {
        return "LoadSettings[connections=" + connections + ", seconds=" + seconds + ", rate=" + rate + "]";
    }
}
