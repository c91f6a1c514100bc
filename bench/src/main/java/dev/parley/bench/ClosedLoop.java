package dev.parley.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Each connection sends its next request as soon as the last one is answered, for a given time. One thread serves them all:
 * answers come in bursts, a group's at a time, and a thread for each would cost more than what it does. Not thread-safe.
 */
final class ClosedLoop {

    private static final long PATIENCE_MILLIS = 30_000;

    private final LoadSettings settings;
    private final List<byte[]> threads;
    private final RequestTemplate template;
    private final SplittableRandom random;
    private long[] nanos = new long[1 << 17];
    private int count;
    private long number;
    private long others;

    ClosedLoop(LoadSettings settings) throws IOException {
        this.settings = settings;
        this.threads = settings.threadIds();
        this.template = settings.template();
        this.random = new SplittableRandom(settings.connections());
    }

    LoadResult run() throws IOException {
        // Connecting and the first requests, while this process is still being compiled, are left out.
        long from = System.nanoTime() + 1_500_000_000L;
        long until = from + settings.seconds() * 1_000_000_000L;
        List<Wire> wires = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < settings.connections(); i++) {
                wires.add(Wire.connect(
                        settings.host(),
                        settings.ports().get(i % settings.ports().size()),
                        selector));
                wires.getLast().send(next());
            }
            while (System.nanoTime() < until) {
                turn(selector, from, until);
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
        Spread spread = new Spread(Arrays.copyOf(nanos, count));
        return new LoadResult(count, others, settings.seconds(), spread.at(0.5) / 1000, spread.at(0.99) / 1000);
    }

    private void turn(Selector selector, long from, long until) throws IOException {
        if (selector.select(PATIENCE_MILLIS) == 0) {
            throw new EOFException("no answer came within " + PATIENCE_MILLIS + " ms");
        }
        for (SelectionKey key : selector.selectedKeys()) {
            Wire wire = (Wire) key.attachment();
            if (wire.read()) {
                note(wire, from, until);
                wire.send(next());
            }
        }
        selector.selectedKeys().clear();
    }

    private byte[] next() {
        return template.of(threads.get(random.nextInt(threads.size())), number++ % 1_000_000_000);
    }

    private void note(Wire wire, long from, long until) {
        long now = System.nanoTime();
        if (wire.status() != 201) {
            others++;
        } else if (wire.sentAt() >= from && now <= until) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = now - wire.sentAt();
        }
    }
}
