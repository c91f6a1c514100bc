package dev.parley.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server whose organization has a year of messages, and one connection to it. Not thread-safe. */
final class Library implements AutoCloseable {

    /** Of an answer: a page of messages is some tens of kilobytes. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_HOURS = 3;

    private final int messages;
    private final URI url;
    private final String token;
    private final FloorDatabase database;
    private final Instant begin;
    private final ApiClient api;
    private @Nullable HttpLine line;

    private Library(int messages, URI url, String token, FloorDatabase database, Instant begin) {
        this.messages = messages;
        this.url = url;
        this.token = token;
        this.database = database;
        this.begin = begin;
        this.api = new ApiClient(url + "/public/v2", token);
    }

    static Library start(Path home, Path data, int messages, Children children) throws Exception {
        String parley = home.resolve("parley").toString();
        Map<String, String> environment = Map.of("PARLEY_AOT", "off");
        Children.Started server = children.start(
                "server-" + messages,
                List.of(parley, "serve", "--json", "--port", "0", "--management-port", "0", "--data", data.toString()),
                environment);
        URI url = URI.create(
                JsonMapper.shared().readTree(server.line()).path("url").asString());
        JsonNode made = JsonMapper.shared()
                .readTree(children.run(
                        "organization",
                        List.of(parley, "organization", "create", "Reads", "--json", "--data", data.toString()),
                        environment));
        FloorDatabase database = FloorDatabase.of(data, false);
        children.note(database.postmaster());
        Instant begin = Instant.now().minusSeconds(LibraryRows.SECONDS);
        UUID organization = UUID.fromString(made.path("organizationId").asString());
        long before = System.nanoTime();
        new LibraryRows(database.file(), organization, messages, begin).make();
        System.out.printf(
                "* made %,d messages in %d s%n", messages, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before));
        return new Library(messages, url, made.path("organizationToken").asString(), database, begin);
    }

    ApiClient api() {
        return api;
    }

    int messages() {
        return messages;
    }

    /** When that share of the messages was made. */
    Instant at(double share) {
        return begin.plusSeconds((long) (LibraryRows.SECONDS * share));
    }

    /** The time in which that many messages were made. */
    long seconds(int some) {
        return LibraryRows.SECONDS * some / messages;
    }

    List<String> texts(String query) throws SQLException, IOException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = LibraryRows.connect(database.file());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** How many the answer counts; a bar where it does not count. */
    String total(String path) throws InterruptedException {
        try {
            JsonNode meta = api.get(path).path("meta");
            return meta.has("total")
                    ? (meta.path("totalIsEstimate").asBoolean(false)
                            ? "over 10,000"
                            : meta.path("total").asString())
                    : "–";
        } catch (IOException refused) {
            return "?";
        }
    }

    void time(String path, ReadsReport.Times times) throws IOException {
        byte[] request = ("GET /public/v2" + path + " HTTP/1.1\r\nHost: " + url.getAuthority()
                        + "\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        if (line == null) {
            long until = System.nanoTime() + TimeUnit.HOURS.toNanos(MOST_HOURS);
            line = new HttpLine(url.getHost(), url.getPort(), until, MOST_BYTES);
        }
        long before = System.nanoTime();
        int status = line.exchange(request);
        times.add(System.nanoTime() - before, status);
    }

    @Override
    public void close() throws IOException, SQLException {
        if (line != null) {
            line.close();
        }
        database.close();
    }
}
