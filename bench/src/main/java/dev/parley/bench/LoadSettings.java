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
 * @param ports of one server or more, connection by connection
 * @param threads ids of the message threads to write to; where they are of several organizations, each with a blank and its token
 * @param notes where an open loop writes down when each request was sent and answered
 */
record LoadSettings(
        String host,
        List<Integer> ports,
        String token,
        int connections,
        int seconds,
        int rate,
        Path threads,
        Path notes) {

    List<byte[]> threadIds() throws IOException {
        return Files.readAllLines(threads).stream()
                .map(line -> line.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    RequestTemplate template() {
        return new RequestTemplate(host + ":" + ports.getFirst(), token);
    }

    /** The same as an open loop's. */
    Traffic traffic() throws IOException {
        return traffic(0);
    }

    /** The same with texts that are numbered from there on. */
    Traffic traffic(int first) throws IOException {
        List<byte[]> ids = threadIds();
        return new Traffic(ports, connections, seconds, rate, 201, () -> {
            RequestTemplate template = template();
            return number -> template.of(ids.get(number % ids.size()), first + number);
        });
    }

    @Override
    public String toString() {
        return "LoadSettings[connections=" + connections + ", seconds=" + seconds + ", rate=" + rate + "]";
    }
}
