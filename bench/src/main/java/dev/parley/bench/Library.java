package dev.parley.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server whose organization has a year of messages, and one connection to it. Not thread-safe. */
final class Library implements AutoCloseable {

    /** Of an answer: a page of messages is some tens of kilobytes. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_HOURS = 3;

    private static final String NUMBER = "100000000000001";

    /** Connections that write beside the one that reads. */
    private static final int WRITERS = 8;

    /** Where nobody listens. */
    private static final String NOBODY = "http://127.0.0.1:9";

    /** Beyond it a total is an estimate. */
    private static final int EXACT = 10_000;

    private final int messages;
    private final URI url;
    private final String token;
    private final FloorDatabase database;
    private final Instant begin;
    private final ApiClient api;
    private final long pid;
    private @Nullable HttpLine line;

    private Library(int messages, URI url, String token, FloorDatabase database, Instant begin, long pid) {
        this.pid = pid;
        this.messages = messages;
        this.url = url;
        this.token = token;
        this.database = database;
        this.begin = begin;
        this.api = new ApiClient(url + "/public/v2", token);
    }

    static Library start(Path home, Path data, int messages, Children children) throws Exception {
        Launcher launcher = new Launcher(home.resolve("parley"), data, Launcher.WITHOUT_CACHE, children);
        Launcher.Server server = launcher.serve("server-" + messages, "--outbound-allow", "127.0.0.0/8");
        Launcher.Organization organization = launcher.organization("Reads");
        FloorDatabase database = FloorDatabase.of(data, children);
        Instant begin = Instant.now().minusSeconds(LibraryRows.SECONDS);
        long before = System.nanoTime();
        new LibraryRows(database.file(), organization.id(), messages, begin).make();
        database.checkpoint();
        System.out.printf(
                "* made %,d messages in %d s%n", messages, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before));
        return new Library(messages, server.url(), organization.token(), database, begin, server.pid());
    }

    ApiClient api() {
        return api;
    }

    FloorDatabase database() {
        return database;
    }

    int messages() {
        return messages;
    }

    long serverPid() {
        return pid;
    }

    /** When that share of the messages was made. */
    Instant at(double share) {
        return begin.plusSeconds((long) (LibraryRows.SECONDS * share));
    }

    /** The time in which that many messages were made. */
    long seconds(int some) {
        return LibraryRows.SECONDS * some / messages;
    }

    /** Opens the windows of some thousands of threads, and writes their ids to that file; what is sent to them waits. */
    Path openThreads(Path file) throws IOException, InterruptedException, SQLException {
        String account = Accounts.connect(api, NUMBER, NOBODY, 1_000).path("id").asString();
        api.patch("/channel-accounts", "channelAccounts", account, Map.of("status", "paused"));
        String open = "insert into thread_windows (organization_id, thread_id, account_id, expires_at)"
                + " select organization_id, id, '" + account + "', now() + interval '1 day' from threads"
                + " where not chatbot_paused order by random() limit 5000 returning thread_id";
        return Files.write(file, texts(open));
    }

    /** Texts to the threads in that file. */
    Traffic traffic(Path threads, int rate) throws IOException {
        return new LoadSettings(
                        Traffic.HOST,
                        List.of(url.getPort()),
                        token,
                        WRITERS,
                        (int) TimeUnit.HOURS.toSeconds(MOST_HOURS),
                        rate,
                        threads,
                        threads.resolveSibling("notes"))
                .traffic();
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
            if (!meta.has("total")) {
                return "–";
            }
            long total = meta.path("total").asLong();
            return total > EXACT ? "over 10,000" : String.valueOf(total);
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
