package dev.parley.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What the load generator is to do. It comes in a file, since others on the machine could read a token in its arguments.
 *
 * @param connections how many, each with a thread
 * @param rate requests a second in an open loop; 0 for a closed one, each connection as fast as it is answered
 * @param threads ids of the message threads to write to
 * @param notes where an open loop writes down when each request was sent and answered
 */
record LoadSettings(
        String host, int port, String token, int connections, int seconds, int rate, Path threads, Path notes) {

    static LoadSettings read(Path file) throws IOException {
        Properties given = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            given.load(reader);
        }
        return new LoadSettings(
                text(given, "host"),
                number(given, "port"),
                text(given, "token"),
                number(given, "connections"),
                number(given, "seconds"),
                number(given, "rate"),
                Path.of(text(given, "threads")),
                Path.of(text(given, "notes")));
    }

    void write(Path file) throws IOException {
        Properties given = new Properties();
        given.setProperty("host", host);
        given.setProperty("port", Integer.toString(port));
        given.setProperty("token", token);
        given.setProperty("connections", Integer.toString(connections));
        given.setProperty("seconds", Integer.toString(seconds));
        given.setProperty("rate", Integer.toString(rate));
        given.setProperty("threads", threads.toString());
        given.setProperty("notes", notes.toString());
        try (var writer = Files.newBufferedWriter(file)) {
            given.store(writer, null);
        }
    }

    List<byte[]> threadIds() throws IOException {
        return Files.readAllLines(threads).stream()
                .map(line -> line.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    RequestTemplate template() {
        return new RequestTemplate(host + ":" + port, token);
    }

    private static int number(Properties given, String key) {
        return Integer.parseInt(text(given, key));
    }

    private static String text(Properties given, String key) {
        String value = given.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException(key + ": missing in the load generator's settings");
        }
        return value;
    }

    @Override
    public String toString() {
        return "LoadSettings[connections=" + connections + ", seconds=" + seconds + ", rate=" + rate + "]";
    }
}
