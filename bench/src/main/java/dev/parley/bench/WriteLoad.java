package dev.parley.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Messages that are accepted at a fixed rate from its start until it is closed. */
final class WriteLoad implements AutoCloseable {

    private final Traffic traffic;
    private final long start = System.nanoTime();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService executor;
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean over;

    /** @param traffic of which the length is what it lasts at most */
    WriteLoad(Traffic traffic) {
        this.traffic = traffic;
        this.executor = Executors.newFixedThreadPool(traffic.connections());
        for (int i = 0; i < traffic.connections(); i++) {
            running.add(executor.submit(this::drive));
        }
    }

    private Void drive() throws IOException {
        Requests requests = traffic.requests().get();
        long end = start + traffic.seconds() * 1_000_000_000L;
        try (HttpLine line = new HttpLine(Traffic.HOST, traffic.ports().getFirst(), end)) {
            while (!over) {
                int number = next.getAndIncrement();
                long due = start + number * 1_000_000_000L / traffic.rate();
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                int status = line.exchange(requests.of(number));
                if (status != traffic.taken()) {
                    throw new IOException("a message was answered " + status);
                }
                accepted.incrementAndGet();
            }
        }
        return null;
    }

    /** Ends, and gives how many were accepted a second. */
    double end() throws IOException, InterruptedException {
        over = true;
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IOException("writing meanwhile failed", e.getCause());
            }
        }
        return accepted.get() * 1e9 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
        over = true;
        executor.close();
    }
}
