package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Patience;
import dev.parley.server.events.stream.StreamReader;
import dev.parley.testkit.ledger.Answer;
import dev.parley.testkit.ledger.Customer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of streams whose server is killed go on at the other with the last id that they have. */
@Tag("storm")
class KilledStreamTest {

    private static final int READERS = 4;

    @TempDir
    private Path folder;

    private OwnPostgres postgres;
    private Node first;
    private Node second;

    @BeforeEach
    void start() {
        postgres = new OwnPostgres(folder.resolve("postgres"));
        first = node("first");
        second = node("second");
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        postgres.close();
    }

    @Test
    void nothingIsMissedAndNothingComesTwice() {
        String token;
        try (Customer partner = new Customer(List.of(first.url()), Settings.PARTNER_TOKEN)) {
            token = partner.create("/management/organizations", "organizations", Map.of("name", "Streams"))
                    .attributes()
                    .path("token")
                    .asString();
        }
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicBoolean reading = new AtomicBoolean(true);
        List<List<String>> got = new ArrayList<>();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            List<String> ids = new ArrayList<>();
            got.add(ids);
            readers.add(CompletableFuture.runAsync(() -> read(token, ids, reading)));
        }
        CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> write(token, writing));
        for (int kill = 0; kill < 3; kill++) {
            LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
            second.kill();
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            second.start();
        }
        writing.set(false);
        int written = writer.join();
        assertThat(written).isGreaterThan(20);
        // A transaction under way hides what is behind it, for as long as it takes.
        List<String> all = Awaitility.await("all that was written can be pulled")
                .atMost(Patience.OF_STORMS)
                .until(() -> pulled(token), events -> events.size() >= written);
        Awaitility.await("each reader has everything")
                .atMost(Patience.OF_STORMS)
                .until(() -> got.stream().allMatch(ids -> size(ids) >= all.size()));
        reading.set(false);
        readers.forEach(CompletableFuture::join);
        assertThat(got).allSatisfy(ids -> assertThat(ids).isEqualTo(all));
    }

    private static int size(List<String> ids) {
        synchronized (ids) {
            return ids.size();
        }
    }

    /** At the second node where it lives, else at the first. */
    private void read(String token, List<String> ids, AtomicBoolean reading) {
        String last = "0";
        List<URI> nodes = List.of(second.url(), first.url());
        for (int visit = 0; reading.get(); visit++) {
            String url = nodes.get(visit % 2) + "/public/v2/events/stream?page[after]=" + last;
            try (StreamReader reader = StreamReader.open(url, "Authorization", "Bearer " + token)) {
                int taken = 0;
                long end = System.nanoTime()
                        + Duration.ofMillis(visit % 2 == 0 ? 5_000 : 400).toNanos();
                while (reading.get() && System.nanoTime() < end && !(reader.broken() || reader.ended())) {
                    LockSupport.parkNanos(1_000_000);
                    taken = take(reader, ids, taken);
                }
                take(reader, ids, taken);
                synchronized (ids) {
                    last = ids.isEmpty() ? "0" : ids.getLast();
                }
            } catch (IllegalStateException dead) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private static int take(StreamReader reader, List<String> ids, int taken) {
        List<StreamReader.Got> events = List.copyOf(reader.events);
        synchronized (ids) {
            events.subList(taken, events.size()).forEach(event -> ids.add(event.id()));
        }
        return events.size();
    }

    private int write(String token, AtomicBoolean writing) {
        int written = 0;
        try (Customer customer = new Customer(List.of(first.url()), token)) {
            while (writing.get()) {
                customer.create("/candidates", "candidates", Map.of("phone", "+3161234" + (1000 + written % 9000)));
                written++;
            }
        }
        return written;
    }

    private List<String> pulled(String token) {
        List<String> ids = new ArrayList<>();
        try (Customer customer = new Customer(List.of(first.url()), token)) {
            String cursor = "0";
            boolean more = true;
            while (more) {
                Answer answer = customer.call("GET", "/events?page%5Bsize%5D=100&page%5Bafter%5D=" + cursor, null);
                answer.data().forEach(event -> ids.add(event.path("id").asString()));
                cursor = answer.body().at("/meta/cursor").asString();
                more = answer.body().at("/meta/more").asBoolean();
            }
        }
        return ids;
    }

    private Node node(String name) {
        return new Node(
                Settings.shared(),
                folder,
                name,
                List.of("--data", folder.resolve("nodes").toString(), "--database-url", postgres.urlFor(name)));
    }
}
