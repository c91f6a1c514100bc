package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Patience;
import dev.parley.testkit.ledger.Sent;
import dev.parley.testkit.ledger.SimulatorControl;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Writes to each thread in turn, the next message once the one before is acknowledged, and the same again until it is. */
final class SteadyWriters {

    /** What a thread got acknowledged: texts by the id of their message, in order. */
    private final Map<String, Map<UUID, String>> acknowledged = new ConcurrentHashMap<>();

    private final List<Thread> writers = new ArrayList<>();
    private final List<String> strange = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger recovered = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final UUID run = UUID.randomUUID();
    private final WhatsAppCustomer customer;
    private final Duration pause;
    private volatile boolean goOn = true;

    /** Begins. */
    SteadyWriters(WhatsAppCustomer customer, List<String> threads) {
        this(customer, threads, Duration.ZERO);
    }

    /** @param pause of each thread after a message */
    SteadyWriters(WhatsAppCustomer customer, List<String> threads, Duration pause) {
        this.customer = customer;
        this.pause = pause;
        for (String thread : threads) {
            acknowledged.put(thread, Collections.synchronizedMap(new LinkedHashMap<>()));
            writers.add(Thread.ofVirtual().start(() -> write(thread)));
        }
    }

    private void write(String thread) {
        for (int number = 0; goOn; number++) {
            UUID id = UUID.randomUUID();
            String text = thread + " " + run + " " + number;
            boolean repeated = false;
            while (!isAcknowledged(id, thread, text, repeated)) {
                repeated = true;
            }
            Objects.requireNonNull(acknowledged.get(thread)).put(id, text);
            accepted.incrementAndGet();
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private boolean isAcknowledged(UUID id, String thread, String text, boolean repeated) {
        long begun = System.nanoTime();
        HttpResponse<String> answer = customer.send(id, thread, text, "Ada");
        slowestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
        switch (answer.statusCode()) {
            case 201 -> {
                return true;
            }
            case 409 -> {
                if (repeated && answer.body().contains("id_taken")) {
                    recovered.incrementAndGet();
                    return true;
                }
                strange.add(answer.body());
            }
            case 503 -> {
                refused.incrementAndGet();
                if (answer.headers().firstValue("Retry-After").isEmpty()) {
                    strange.add("503 without Retry-After: " + answer.body());
                }
            }
            default -> strange.add(answer.statusCode() + " " + answer.body());
        }
        return false;
    }

    /** Until so many more are acknowledged. */
    void awaitAccepted(int more) {
        int before = accepted();
        await().atMost(Patience.OF_STORMS).until(() -> accepted() >= before + more);
    }

    /** Until so many more requests were refused; fails at once on an answer that should not have come. */
    void awaitRefused(int more) {
        int before = refused();
        await().atMost(Patience.OF_STORMS).until(() -> refused() >= before + more || !strange.isEmpty());
        assertThat(strange).isEmpty();
    }

    int accepted() {
        return accepted.get();
    }

    int refused() {
        return refused.get();
    }

    /** Accepted by a request whose answer was lost, as its repetition told. */
    int recovered() {
        return recovered.get();
    }

    /** Answers that should not have come. */
    List<String> strange() {
        return strange;
    }

    /** The longest that anybody waited for an answer. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** Begins no more, and returns once what was begun is acknowledged. */
    void stop() throws InterruptedException {
        goOn = false;
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /** Ids of all that was acknowledged. */
    List<UUID> ids() {
        return acknowledged.values().stream()
                .flatMap(texts -> texts.keySet().stream())
                .toList();
    }

    /** What is not at the provider as it was acknowledged: once each, in the order of its thread. */
    List<String> differences(String simulatorUrl) {
        Map<String, List<String>> sent;
        try (SimulatorControl simulator = new SimulatorControl(URI.create(simulatorUrl))) {
            sent = simulator.ledger().stream()
                    .map(Sent::text)
                    .filter(text -> text.contains(run.toString()))
                    .collect(Collectors.groupingBy(text -> text.substring(0, text.indexOf(' '))));
        }
        List<String> differences = new ArrayList<>();
        unknown.set(0);
        acknowledged.forEach((thread, texts) -> {
            List<String> found = sent.getOrDefault(thread, List.of());
            List<String> wanted = texts.entrySet().stream()
                    .filter(one -> found.contains(one.getValue()) || !isUnknown(one.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            if (!wanted.equals(found)) {
                differences.add("accepted " + wanted + ", sent " + found);
            }
        });
        return differences;
    }

    /** Messages whose attempt was open when the database went away: nobody knows whether they were sent, and they say so. */
    int unknown() {
        return unknown.get();
    }

    private boolean isUnknown(UUID id) {
        boolean is = customer.failure(id).equals("outcome_unknown");
        if (is) {
            unknown.incrementAndGet();
        }
        return is;
    }
}
