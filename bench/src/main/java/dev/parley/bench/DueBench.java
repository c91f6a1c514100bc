package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Very many scheduled messages due at the same time, and what recruiters who write meanwhile notice of them. */
final class DueBench {

    static final String USAGE =
            "usage: bench/run due [--messages N] [--threads N] [--rate ANSWERS OF RECRUITERS PER SECOND]"
                    + " [--seconds N, before they are due] [--minutes N, at most until all are out]";

    /** Recruiters write to threads of their own, as many. */
    private static final int RECRUITERS_THREADS = 500;

    private static final int CONNECTIONS = 16;
    private static final int WARM_SECONDS = 10;
    private static final int SLICE_SECONDS = 5;
    /** Of a pessimist: so many can be scheduled a second. */
    private static final int SCHEDULED_PER_SECOND = 800;

    private final Path home;
    private final Path work;
    private int messages = 1_000_000;
    private int threads = 5000;
    private int rate = 20;
    private int seconds = 30;
    private int minutes = 60;

    private DueBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        DueBench bench = new DueBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        try (Children children = new Children(work);
                FastDoor door = FastDoor.open()) {
            bench.measure(children, door);
        }
    }

    private void option(String name, String value) {
        int number = Integer.parseInt(value);
        switch (name) {
            case "--messages" -> messages = number;
            case "--threads" -> threads = number;
            case "--rate" -> rate = number;
            case "--seconds" -> seconds = number;
            case "--minutes" -> minutes = number;
            default -> throw new IllegalArgumentException("unknown");
        }
        if (messages < 1 || rate < 1 || threads <= RECRUITERS_THREADS) {
            throw new IllegalArgumentException("too few");
        }
    }

    /** How long recruiters' answers took, in microseconds. */
    private static final class Answers {
        private final List<long[]> accepted = new ArrayList<>();
        private final List<long[]> door = new ArrayList<>();
        private int refused;

        private static Spread all(List<long[]> parts) {
            return new Spread(parts.stream().flatMapToLong(Arrays::stream).toArray());
        }
    }

    private void measure(Children children, FastDoor door) throws Exception {
        World world = World.start(BenchOptions.world(home, work, threads, 5000), children);
        try (FloorDatabase database = FloorDatabase.of(World.data(world.options()), children)) {
            long postmaster = database.postmaster();
            Conditions.print(database);
            world.door(door.url());
            door.expectScheduled(messages);
            world.sending(true);
            List<String> ids = Files.readAllLines(world.threads());
            Path recruiters = work.resolve("recruiters");
            Files.write(recruiters, ids.subList(0, RECRUITERS_THREADS));
            slice(world, door, recruiters, WARM_SECONDS, new Answers());
            Answers before = new Answers();
            slice(world, door, recruiters, seconds, before);

            Instant due = Instant.now()
                    .plusSeconds(30 + messages / SCHEDULED_PER_SECOND)
                    .truncatedTo(ChronoUnit.SECONDS);
            Scheduled.make(world.api(), ids.subList(RECRUITERS_THREADS, ids.size()), messages, due);
            Duration spare = Duration.between(Instant.now(), due);
            if (spare.isNegative()) {
                System.out.printf(
                        "scheduling took %d s longer than until they were due: the first went out meanwhile%n",
                        -spare.toSeconds());
            }
            System.err.println("* all are scheduled; they are due in " + spare.toSeconds() + " s");
            database.vacuum("messages", "thread_dispatch", "events");
            database.checkpoint();
            LockSupport.parkNanos(Duration.between(Instant.now(), due).toNanos());
            int out = door.scheduled();
            double server = Processors.millis(world.serverPid());
            double databaseMillis = Processors.treeMillis(postmaster);
            long start = System.nanoTime();
            Answers meanwhile = new Answers();
            while (door.scheduled() < messages && System.nanoTime() - start < TimeUnit.MINUTES.toNanos(minutes)) {
                slice(world, door, recruiters, SLICE_SECONDS, meanwhile);
            }
            double took = (System.nanoTime() - start) / 1e9;
            int sent = door.scheduled() - out;
            print(before, meanwhile, took, sent, out, door.scheduledAgain());
            System.out.printf(
                    Locale.ROOT,
                    "processor ms a message: server %.3f, database %.3f%n",
                    (Processors.millis(world.serverPid()) - server) / sent,
                    (Processors.treeMillis(postmaster) - databaseMillis) / sent);
        }
    }

    private void slice(World world, FastDoor door, Path recruiters, int length, Answers answers)
            throws IOException, InterruptedException {
        door.expect(rate * length);
        OpenLoop loop = new OpenLoop(world.traffic(CONNECTIONS, length, rate, recruiters));
        LoadResult accepted = loop.run();
        door.await((int) accepted.answered(), 60);
        answers.refused += (int) accepted.others();
        answers.accepted.add(since(loop.due(), loop.answered()));
        answers.door.add(since(loop.due(), door.micros()));
    }

    private static long[] since(long[] due, long[] at) {
        long[] took = new long[due.length];
        for (int i = 0; i < took.length; i++) {
            // What did not come has taken at least the patience.
            took[i] = at[i] == 0 ? TimeUnit.SECONDS.toMicros(60) : at[i] - due[i];
        }
        return took;
    }

    private void print(Answers before, Answers meanwhile, double took, int sent, int early, int again) {
        System.out.printf(
                Locale.ROOT,
                "%n%,d scheduled messages on %,d threads due at once, one account of 10,000 messages/s, a door that takes all at once;"
                        + " recruiters write %d/s to %d other threads.%n"
                        + "Out after %.0f s: %,d messages, %,.0f/s (%,d went before, %,d came twice).%n%n",
                messages,
                threads - RECRUITERS_THREADS,
                rate,
                RECRUITERS_THREADS,
                took,
                sent,
                sent / took,
                early,
                again);
        System.out.println(
                "| of recruiters' answers | p50 ratio | p99 ratio | before: p50 ms | p99 | while the scheduled go out: p50 | p99"
                        + " | most | refused |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        line("due until accepted", Answers.all(before.accepted), Answers.all(meanwhile.accepted), meanwhile.refused);
        line("due until at the door", Answers.all(before.door), Answers.all(meanwhile.door), meanwhile.refused);
    }

    private static void line(String name, Spread before, Spread meanwhile, int refused) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %d |%n",
                name,
                (double) meanwhile.at(0.5) / before.at(0.5),
                (double) meanwhile.at(0.99) / before.at(0.99),
                before.at(0.5) / 1000.0,
                before.at(0.99) / 1000.0,
                meanwhile.at(0.5) / 1000.0,
                meanwhile.at(0.99) / 1000.0,
                meanwhile.at(1) / 1000.0,
                refused);
    }
}
