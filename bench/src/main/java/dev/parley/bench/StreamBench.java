package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Live streams: what idle ones cost in memory, and how long an event takes from its commit to a stream. Each stream is a
 * connection, spread over loopback addresses since one has fewer ports; both ends need a file descriptor.
 */
final class StreamBench {

    static final String USAGE =
            "usage: bench/run streams [--streams N] [--events N] [--rate EVENTS PER SECOND] [--heap SIZE, as 700m]";

    private final Path home;
    private final Path work;
    private int streams = 10_000;
    private int events = 500;
    private int rate = 50;
    private String heap = "700m";

    private StreamBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        StreamBench bench = new StreamBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        try (Children children = new Children(work)) {
            bench.measure(children);
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "--streams" -> streams = Integer.parseInt(value);
            case "--events" -> events = Integer.parseInt(value);
            case "--rate" -> rate = Integer.parseInt(value);
            case "--heap" -> heap = value;
            default -> throw new IllegalArgumentException("unknown");
        }
    }

    private void measure(Children children) throws Exception {
        String most = Integer.toString(streams + 100);
        Map<String, String> environment = new HashMap<>(Launcher.WITHOUT_CACHE);
        environment.put("PARLEY_JAVA_OPTS", "-Xmx" + heap + " -XX:+UseSerialGC");
        Launcher launcher = new Launcher(home.resolve("parley"), work.resolve("data"), environment, children);
        Launcher.Server server = launcher.serve("server", "--stream-per-node", most, "--stream-per-organization", most);
        String token = launcher.organization("Streams").token();
        ApiClient api = new ApiClient(server.api(), token);
        settle(api);
        double before = Memory.residentMegabytes(server.pid());
        try (IdleStreams open = IdleStreams.open(server.url(), token, streams)) {
            TimeUnit.SECONDS.sleep(20);
            memory(before, Memory.residentMegabytes(server.pid()), open.count());
            delays(api, open);
        }
    }

    /** The server's first requests load its code; that is no stream's memory. */
    private static void settle(ApiClient api) throws IOException, InterruptedException {
        for (int i = 0; i < 500; i++) {
            api.create("/candidates", "candidates", Map.of("phone", "+3161234" + (1000 + i)));
        }
    }

    private void memory(double before, double after, int open) {
        System.out.printf(
                Locale.ROOT,
                "%n%,d streams open and idle, with heartbeats; resident memory of the server (heap limit %s): %,.0f MB before, %,.0f MB"
                        + " with them; %,.0f streams in a GB, all of the server counted. What the system keeps for each connection is not"
                        + " in it.%n",
                open,
                heap,
                before,
                after,
                open * 1024 / after);
    }

    /** From before the request that commits to the bytes at a stream; an event of another organization reaches nobody. */
    private void delays(ApiClient api, IdleStreams open) throws IOException, InterruptedException {
        long[] first = new long[events];
        long[] last = new long[events];
        long pace = TimeUnit.SECONDS.toNanos(1) / rate;
        long due = System.nanoTime();
        for (int i = 0; i < events; i++) {
            LockSupport.parkNanos(due - System.nanoTime());
            due = Math.max(due + pace, System.nanoTime());
            open.expect();
            api.create("/candidates", "candidates", Map.of("phone", "+3162234" + (1000 + i)));
            long committed = System.nanoTime();
            open.await(open.count());
            first[i] = Math.max(0, open.first() - committed) / 1000;
            last[i] = Math.max(0, open.last() - committed) / 1000;
        }
        System.out.printf(
                Locale.ROOT,
                "%,d events, each to all %,d streams; from the answer that says it is committed until it is at%n"
                        + "  the first stream: p50 %.1f ms, p99 %.1f ms%n  the last stream:  p50 %.1f ms, p99 %.1f ms%n",
                events,
                open.count(),
                new Spread(first).at(0.5) / 1000.0,
                new Spread(first).at(0.99) / 1000.0,
                new Spread(last).at(0.5) / 1000.0,
                new Spread(last).at(0.99) / 1000.0);
        System.out.println(
                "Streams, server, database and this program share the processors; load " + Conditions.load());
    }
}
