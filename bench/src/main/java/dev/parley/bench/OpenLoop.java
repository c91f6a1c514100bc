package dev.parley.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Requests at fixed times, whether earlier ones were answered or not. Notes for each when it was due, sent and answered, in
 * microseconds since the epoch: what is late because the server is slow counts from when it was due.
 */
final class OpenLoop {

    private final Traffic traffic;
    private final long[] due;
    private final long[] answered;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();

    OpenLoop(Traffic traffic) {
        this.traffic = traffic;
        this.due = new long[traffic.rate() * traffic.seconds()];
        this.answered = new long[due.length];
    }

    LoadResult run() throws IOException, InterruptedException {
        long start = micros() + 200_000;
        for (int i = 0; i < due.length; i++) {
            due[i] = start + i * 1_000_000L / traffic.rate();
        }
        long others = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(traffic.connections())) {
            List<Callable<Long>> work = IntStream.range(0, traffic.connections())
                    .<Callable<Long>>mapToObj(number -> this::drive)
                    .toList();
            for (Future<Long> future : executor.invokeAll(work)) {
                others += settled(future);
            }
        }
        Spread spread = new Spread(IntStream.range(0, due.length)
                .filter(i -> answered[i] > 0)
                .mapToLong(i -> answered[i] - due[i])
                .toArray());
        return new LoadResult(spread.size(), others, traffic.seconds(), spread.at(0.5), spread.at(0.99));
    }

    private static long settled(Future<Long> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException("a connection of the load generator failed", e.getCause());
        }
    }

    private long drive() throws IOException {
        Requests requests = traffic.requests().get();
        int port = traffic.ports()
                .get(connected.getAndIncrement() % traffic.ports().size());
        long others = 0;
        long until = System.nanoTime() + traffic.seconds() * 1_000_000_000L;
        try (HttpLine line = new HttpLine(Traffic.HOST, port, until)) {
            for (int i = next.getAndIncrement(); i < due.length; i = next.getAndIncrement()) {
                awaitMicros(due[i]);
                int status = line.exchange(requests.of(i));
                if (status == traffic.taken()) {
                    answered[i] = micros();
                } else {
                    others++;
                }
            }
        }
        return others;
    }

    /** When each request was due, in microseconds since the epoch. */
    long[] due() {
        return due;
    }

    /** When each was taken, likewise; 0 where it was not. */
    long[] answered() {
        return answered;
    }

    void writeNotes(Path notes) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(notes))) {
            for (int i = 0; i < due.length; i++) {
                out.println(due[i] + " " + answered[i]);
            }
        }
    }

    private static void awaitMicros(long time) {
        for (long left = time - micros(); left > 0; left = time - micros()) {
            LockSupport.parkNanos(left * 1000);
        }
    }

    static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
