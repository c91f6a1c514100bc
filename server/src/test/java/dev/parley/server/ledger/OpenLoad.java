package dev.parley.server.ledger;

import dev.parley.server.platform.json.Json;
import dev.parley.testkit.ledger.Talk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Sends texts at a rate, whatever becomes of those before, or as fast as some can. Each is sent once. */
final class OpenLoad implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final URI node;
    private final String token;
    private final List<Talk> talks;
    private final AtomicInteger number = new AtomicInteger();
    /** Texts that got a 201. */
    final Set<String> accepted = ConcurrentHashMap.newKeySet();
    /** Texts of which nobody knows, as no answer came. */
    final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    /** How long each 201 took, in nanoseconds. */
    final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

    final Queue<String> strange = new ConcurrentLinkedQueue<>();
    final AtomicInteger shed = new AtomicInteger();

    OpenLoad(URI node, String token, List<Talk> talks) {
        this.node = node;
        this.token = token;
        this.talks = talks;
    }

    /** So many a second for so long; how many were sent. */
    int send(double perSecond, Duration length) {
        long start = System.nanoTime();
        int sent = 0;
        for (long now = start; now - start < length.toNanos(); now = System.nanoTime()) {
            long due = (long) ((now - start) / 1e9 * perSecond);
            for (; sent < due; sent++) {
                senders.execute(this::one);
            }
            LockSupport.parkNanos(2_000_000);
        }
        return sent;
    }

    /** One after the other from each of so many; accepted ones a second. */
    double closed(int clients, Duration length) throws InterruptedException {
        int before = accepted.size();
        long start = System.nanoTime();
        List<Thread> all = IntStream.range(0, clients)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() - start < length.toNanos()) {
                        one();
                    }
                }))
                .toList();
        for (Thread one : all) {
            one.join();
        }
        return (accepted.size() - before) / ((System.nanoTime() - start) / 1e9);
    }

    /** Sends one; whether it was accepted. */
    boolean one() {
        int mine = number.incrementAndGet();
        String text = "load " + mine + ".";
        Map<String, ?> attributes = Map.of(
                "sendBy",
                "Recruiter",
                "messageThreadId",
                talks.get(mine % talks.size()).threadId(),
                "payload",
                Map.of("type", "text", "text", Map.of("value", text)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(node + "/public/v2/messages"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.text(Map.of("data", Map.of("type", "messages", "attributes", attributes)))))
                .build();
        long begun = System.nanoTime();
        try {
            return judge(text, http.send(request, HttpResponse.BodyHandlers.ofString()), begun);
        } catch (IOException e) {
            unanswered.add(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean judge(String text, HttpResponse<String> answer, long begun) {
        if (answer.statusCode() == 201) {
            nanos.add(System.nanoTime() - begun);
            accepted.add(text);
            return true;
        }
        if (answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent()) {
            shed.incrementAndGet();
        } else {
            strange.add(answer.statusCode() + " " + answer.body());
        }
        return false;
    }

    /** Returns when all that was sent is answered. */
    @Override
    public void close() {
        senders.close();
        http.close();
    }
}
