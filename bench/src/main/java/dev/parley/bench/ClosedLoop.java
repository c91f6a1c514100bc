package dev.parley.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Each connection sends its next request as soon as the last one is answered, for a given time. */
final class ClosedLoop {

    private final LoadSettings settings;
    private final List<byte[]> threads;

    ClosedLoop(LoadSettings settings) throws IOException {
        this.settings = settings;
        this.threads = settings.threadIds();
    }

    private record Seen(long[] nanos, long others) {}

    LoadResult run() throws Exception {
        long begin = System.nanoTime();
        // Connecting and the first requests, while this process is still being compiled, are left out.
        long from = begin + 1_500_000_000L;
        long until = from + settings.seconds() * 1_000_000_000L;
        try (ExecutorService executor = Executors.newFixedThreadPool(settings.connections())) {
            List<Callable<Seen>> work = IntStream.range(0, settings.connections())
                    .<Callable<Seen>>mapToObj(number -> () -> drive(number, from, until))
                    .toList();
            long others = 0;
            long[] all = new long[0];
            for (Future<Seen> future : executor.invokeAll(work)) {
                Seen seen = future.get();
                others += seen.others();
                int end = all.length;
                all = Arrays.copyOf(all, end + seen.nanos().length);
                System.arraycopy(seen.nanos(), 0, all, end, seen.nanos().length);
            }
            Spread spread = new Spread(all);
            return new LoadResult(
                    all.length, others, settings.seconds(), spread.at(0.5) / 1000, spread.at(0.99) / 1000);
        }
    }

    private Seen drive(int number, long from, long until) throws IOException {
        RequestTemplate template = settings.template();
        SplittableRandom random = new SplittableRandom(settings.connections() * 1000L + number);
        long[] nanos = new long[1 << 14];
        int count = 0;
        long others = 0;
        try (HttpLine line = new HttpLine(settings.host(), settings.port(), until)) {
            for (long sent = System.nanoTime(); sent < until; ) {
                byte[] thread = threads.get(random.nextInt(threads.size()));
                int status = line.exchange(template.of(thread, count));
                long now = System.nanoTime();
                if (status != 201) {
                    others++;
                } else if (sent >= from && now <= until) {
                    if (count == nanos.length) {
                        nanos = Arrays.copyOf(nanos, count * 2);
                    }
                    nanos[count++] = now - sent;
                }
                sent = now;
            }
        }
        return new Seen(Arrays.copyOf(nanos, count), others);
    }
}
