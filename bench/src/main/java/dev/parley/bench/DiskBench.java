package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** What a message takes on disk when its life is over: sent, delivered, read, its events kept and its words searchable. */
final class DiskBench {

    static final String USAGE =
            "usage: bench/run disk [--messages N] [--rate MESSAGES PER SECOND] [--threads N] [--batch STATUSES A"
                    + " CALLBACK]";

    private static final int CONNECTIONS = 64;

    private final Path home;
    private final Path work;
    private int messages = 100_000;
    private int rate = 500;
    private int threads = 5000;
    private int batch = 10;

    private DiskBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        DiskBench bench = new DiskBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        try (Children children = new Children(work)) {
            bench.measure(children);
        }
    }

    private void option(String name, String value) {
        int number = Integer.parseInt(value);
        switch (name) {
            case "--messages" -> messages = number;
            case "--rate" -> rate = number;
            case "--threads" -> threads = number;
            case "--batch" -> batch = number;
            default -> throw new IllegalArgumentException("unknown");
        }
        if (rate < 1 || threads < 1 || batch < 1 || messages < rate) {
            throw new IllegalArgumentException("too few");
        }
    }

    private void measure(Children children) throws Exception {
        World world = World.start(BenchOptions.world(home, work, threads, rate), children);
        try (FloorDatabase database = FloorDatabase.of(World.data(world.options()), children);
                DiskSizes sizes = new DiskSizes(database.file())) {
            Conditions.print(database);
            world.callBack(batch);
            world.sending(true);
            settle(database, sizes);
            database.checkpoint();
            DiskSizes.All before = sizes.read();
            int seconds = messages / rate;
            LoadResult load = world.load(CONNECTIONS, seconds, rate);
            settle(database, sizes);
            DiskSizes.All unfrozen = sizes.read();
            database.checkpoint();
            print(before, unfrozen, sizes.wal(), load, rate * seconds);
        }
    }

    /** Until every message was read by its candidate, and is found by its words. */
    private static void settle(FloorDatabase database, DiskSizes sizes) throws IOException, SQLException {
        long patience = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (database.unfinished() || !sizes.searchable()) {
            if (System.nanoTime() > patience) {
                throw new IOException("messages are not read by their candidates yet, or not searchable");
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
    }

    private void print(DiskSizes.All before, DiskSizes.All after, long walAtEnd, LoadResult load, int sent) {
        if (load.answered() < sent) {
            System.out.printf(
                    "%d of %d messages were not accepted; the figures are of those that were%n",
                    sent - load.answered(), sent);
        }
        double each = load.answered();
        Map<String, DiskSizes.Size> grown = new TreeMap<>();
        after.tables().forEach((name, size) -> grown.put(name, size.since(before.of(name))));
        long sum = grown.values().stream().mapToLong(DiskSizes.Size::all).sum();
        System.out.printf(
                Locale.ROOT,
                "%n%,d messages of %d characters at %,d/s to %,d threads, each sent, delivered and read (%d statuses a callback), without"
                        + " webhooks; bytes a message by table, grown as it was, not vacuumed by hand.%n%n",
                load.answered(),
                RequestTemplate.TEXT.length() + RequestTemplate.DIGITS,
                rate,
                threads,
                batch);
        System.out.println("| | of all | bytes a message | rows and their overflow | indexes |");
        System.out.println("|---|---:|---:|---:|---:|");
        System.out.printf(Locale.ROOT, "| all tables | 1.00 | %,.0f | | |%n", sum / each);
        grown.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue().all(), a.getValue().all()))
                .filter(entry -> entry.getValue().all() > each)
                .forEach(entry -> System.out.printf(
                        Locale.ROOT,
                        "| %s | %.2f | %,.0f | %,.0f | %,.0f |%n",
                        entry.getKey(),
                        (double) entry.getValue().all() / sum,
                        entry.getValue().all() / each,
                        entry.getValue().rows() / each,
                        entry.getValue().indexes() / each));
        System.out.printf(
                Locale.ROOT,
                "%nWAL written: %,.0f bytes a message, pages as a whole after checkpoints in it; kept only as long as max_wal_size says.%n"
                        + "Events go after `retention.events` (32 days), attempts after 90 days; messages and their words stay.%n",
                (walAtEnd - before.wal()) / each);
    }
}
