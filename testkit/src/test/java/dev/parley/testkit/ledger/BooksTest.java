package dev.parley.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read how often, of a server and a simulator of which only the answers are there. */
@NullUnmarked
class BooksTest {

    private static final Talk CALM = new Talk("00000000-0000-4000-8000-000000000001", "31612345671");
    private static final Talk BUSY = new Talk("00000000-0000-4000-8000-000000000002", "31612345672");

    private final Notebook notebook = new Notebook();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    /** Statuses by the message's id, by thread. */
    private final Map<String, Map<String, String>> server =
            Map.of(CALM.threadId(), new LinkedHashMap<>(), BUSY.threadId(), new LinkedHashMap<>());

    private final List<String> ledger = new CopyOnWriteArrayList<>();
    private final AtomicInteger version = new AtomicInteger();
    private HttpServer http;
    private Customer customer;
    private SimulatorControl simulator;
    private Books books;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext("/", this::answer);
        http.start();
        URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        customer = new Customer(List.of(address), "token");
        simulator = new SimulatorControl(address);
        books = new Books(List.of(CALM, BUSY), notebook, customer, simulator, new StatusWatch(notebook));
        sent(CALM, 1, "calm");
        sent(BUSY, 1, "busy");
    }

    @AfterEach
    void stop() {
        customer.close();
        simulator.close();
        http.stop(0);
    }

    @Test
    void onlyWhatIsNewAndWhatMovesIsReadAgain() {
        says(CALM, "calm", "read");
        says(BUSY, "busy", "accepted");
        assertThat(books.compare().settled()).isFalse();
        assertThat(asked).contains("thread " + CALM.threadId(), "thread " + BUSY.threadId(), "ledger after 0");

        asked.clear();
        assertThat(books.compare().settled()).isFalse();
        assertThat(asked).containsExactly("stats", "thread " + BUSY.threadId(), "ledger after 2");
    }

    @Test
    void whatIsGivenAsSettledWasReadAnewAsAWhole() {
        says(CALM, "calm", "read");
        says(BUSY, "busy", "accepted");
        books.compare();
        says(BUSY, "busy", "sent");
        server.get(CALM.threadId()).clear();

        asked.clear();
        Tally tally = books.compare();

        assertThat(asked).contains("thread " + CALM.threadId());
        assertThat(tally.lost()).containsExactly("calm is not there");
    }

    @Test
    void aStatusThatFallsInAThreadAtRestIsSeenInTheEnd() {
        says(CALM, "calm", "read");
        says(BUSY, "busy", "accepted");
        books.compare();
        says(BUSY, "busy", "sent");
        says(CALM, "calm", "sent");

        assertThat(books.compare().backward()).hasSize(1);
    }

    private void sent(Talk talk, int sequence, String id) {
        Note note = new Note(talk.threadId(), sequence, id, true, new Cargo.Text());
        notebook.attempt();
        notebook.acknowledge(id, note, false);
        ledger.add("""
                {"sequence":%d,"to":"%s","type":"text","text":"%s","callbacks":[]}""".formatted(ledger.size() + 1, talk.phone(), note.text()));
    }

    private void says(Talk talk, String id, String status) {
        server.get(talk.threadId()).put(id, status);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        byte[] body = switch (exchange.getRequestURI().getPath()) {
            case "/_control/stats" -> stats();
            case "/_control/ledger" -> page(Integer.parseInt(query.replaceAll(".*after=", "")));
            default -> messages(query.replaceAll(".*filter\\[messageThreadId]=([0-9a-f-]+).*", "$1"));
        };
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private byte[] stats() {
        asked.add("stats");
        return bytes("{\"callbackUpdatesQueued\":0}");
    }

    private byte[] page(int after) {
        asked.add("ledger after " + after);
        return bytes("{\"dropped\":0,\"entries\":[" + String.join(",", ledger.subList(after, ledger.size())) + "]}");
    }

    private byte[] messages(String threadId) {
        asked.add("thread " + threadId);
        List<String> all = server.get(threadId).entrySet().stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"meta\":{\"version\":%d},"
                                + "\"attributes\":{\"origin\":\"outbound\",\"deliveryStatus\":\"%s\"}}",
                        one.getKey(),
                        version.incrementAndGet(),
                        one.getValue()))
                .toList();
        return bytes("{\"data\":[" + String.join(",", all) + "]}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
