package dev.parley.bench;

import dev.parley.postgres.PostgresOptions;
import dev.parley.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * From starting the program to its first answer, on data that are there: with the embedded database and with one that runs already,
 * with the JVM's start-up cache and without it, in turns. And what server and database hold at rest and after a load.
 */
final class StartBench {

    static final String USAGE = "usage: bench/run start [--rounds N] [--seconds N, of load; 0 for none] [--threads N]";

    private static final int REST_SECONDS = 10;
    private static final int CONNECTIONS = 64;

    private final Path home;
    private final Path work;
    private int rounds = 7;
    private int seconds = 30;
    private int threads = 1000;

    private StartBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        StartBench bench = new StartBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        try (Children children = new Children(work);
                PostgresServer database = PostgresServer.start(PostgresOptions.in(work.resolve("own-database")))) {
            children.note(database.pid());
            bench.measure(children, database);
        }
    }

    private void option(String name, String value) {
        int number = Integer.parseInt(value);
        switch (name) {
            case "--rounds" -> rounds = number;
            case "--seconds" -> seconds = number;
            case "--threads" -> threads = number;
            default -> throw new IllegalArgumentException("unknown");
        }
        if (rounds < 1 || threads < 1) {
            throw new IllegalArgumentException("too few");
        }
    }

    private void measure(Children children, PostgresServer own) throws Exception {
        Path program = UnpackedArchive.make(home, work.resolve("app"));
        List<StartVariant> variants = new ArrayList<>();
        for (boolean embedded : List.of(true, false)) {
            for (boolean cache : List.of(false, true)) {
                Path data = work.resolve(embedded ? "data-embedded" : "data-own");
                variants.add(new StartVariant(program, data, embedded ? null : own, cache, children));
            }
        }
        Conditions.machine();
        System.out.println("PostgreSQL " + PostgresServer.version() + ", flushed commits, in both");
        // The first start of each makes what is missing: cache, database, schema.
        for (StartVariant variant : variants) {
            variant.prepare();
            System.err.println("* prepared " + data(variant));
        }
        List<List<StartVariant.Start>> starts = new ArrayList<>();
        variants.forEach(variant -> starts.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            System.err.println("* round " + (round + 1));
            for (int i = 0; i < variants.size(); i++) {
                boolean last = round == rounds - 1;
                starts.get(i).add(variants.get(i).start(last ? REST_SECONDS : 0));
            }
        }
        print(variants, starts);
        if (!UnpackedArchive.hasCache(program)) {
            System.out.println("THE CACHE COULD NOT BE MADE (lib/*.aot.log says why): lines with it ran without.");
        }
        if (seconds > 0) {
            load(children);
        }
    }

    private void print(List<StartVariant> variants, List<List<StartVariant.Start>> starts) {
        System.out.printf(
                Locale.ROOT,
                "%nFrom starting the program (unpacked archive) to its first answer, on data that are there; medians of %d rounds"
                        + " in turns; memory %d s after the last start.%n%n",
                rounds,
                REST_SECONDS);
        System.out.println(
                "| database | start-up cache | of the time without it | first answer after ms | slowest | processor ms of the"
                        + " server | server in memory MB | live heap MB |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < variants.size(); i++) {
            List<StartVariant.Start> of = starts.get(i);
            double without = median(starts.get(i - i % 2));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f |%n",
                    variants.get(i).embedded() ? "embedded, started with it" : "runs already",
                    variants.get(i).cache() ? "yes" : "no",
                    median(of) / without,
                    median(of),
                    of.stream().mapToDouble(StartVariant.Start::millis).max().orElse(0),
                    Spread.median(of.stream()
                            .mapToDouble(StartVariant.Start::processor)
                            .toArray()),
                    of.getLast().resident(),
                    of.getLast().heap());
        }
    }

    private static String data(StartVariant variant) {
        return (variant.embedded() ? "the embedded database" : "the database that runs already")
                + (variant.cache() ? ", with the cache" : "");
    }

    private static double median(List<StartVariant.Start> starts) {
        return Spread.median(
                starts.stream().mapToDouble(StartVariant.Start::millis).toArray());
    }

    private void load(Children children) throws Exception {
        World world = World.start(BenchOptions.world(home, work, threads, 5000), children);
        try (FloorDatabase database = FloorDatabase.of(World.data(world.options()), children);
                FastDoor door = FastDoor.open()) {
            long postmaster = database.postmaster();
            world.door(door.url());
            System.out.println(
                    "\n| memory MB | server | of it live heap | database (all its processes, shared pages once) |");
            System.out.println("|---|---:|---:|---:|");
            line("before", world, postmaster);
            LoadResult load = world.load(CONNECTIONS, seconds, 0);
            line(
                    String.format(
                            Locale.ROOT,
                            "after %,d messages, accepted and handed over in %d s",
                            load.answered(),
                            seconds),
                    world,
                    postmaster);
            TimeUnit.SECONDS.sleep(2L * REST_SECONDS);
            line(2 * REST_SECONDS + " s later", world, postmaster);
        }
    }

    private static void line(String when, World world, long postmaster) throws IOException, InterruptedException {
        double resident = Memory.residentMegabytes(world.serverPid());
        double database = Memory.treeMegabytes(postmaster);
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f |%n",
                when,
                resident,
                Memory.liveHeapMegabytes(world.serverPid()),
                database);
    }
}
