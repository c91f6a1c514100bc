package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Servers, database and simulator at one size of what grows. Not thread-safe. */
final class GrowthWorld implements AutoCloseable {

    private static final int THREADS = 1000;
    private static final int CONNECTIONS = 64;
    private static final int BATCH = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final World world;
    private final FloorDatabase database;
    private final Organizations organizations;
    private final List<Long> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private int numbered;

    private GrowthWorld(World world, FloorDatabase database) {
        this.world = world;
        this.database = database;
        this.organizations = new Organizations(world);
        servers.add(world.serverPid());
        ports.add(world.port());
    }

    /** Durable accepts: processor time in milliseconds each. */
    record Accepts(LoadResult load, double server, double database) {}

    /** Whole lives: likewise, and microseconds until the simulator had each. */
    record Lives(LoadResult load, Spread door, double settleSeconds, double server, double database) {}

    static GrowthWorld make(
            Path home, Path work, Grown grown, int size, int rate, Children children, HookReceiver receiver)
            throws Exception {
        int organizations = grown == Grown.ORGANIZATIONS ? size : 1;
        int threads = Math.max(1, THREADS / organizations);
        BenchOptions options = BenchOptions.world(home, work, threads, Math.min(5000, rate));
        Instant begin = Instant.now().minusSeconds(LibraryRows.SECONDS);
        World world = World.start(options, children, (file, organization) -> {
            if (grown == Grown.HISTORY) {
                new LibraryRows(file, organization, size, begin).make();
            }
        });
        FloorDatabase database = FloorDatabase.of(World.data(options), children);
        GrowthWorld made = new GrowthWorld(world, database);
        world.callBack(BATCH);
        switch (grown) {
            case ORGANIZATIONS -> made.organizations.make(size - 1, threads, BATCH, database);
            case THREADS -> MoreThreads.make(database.file(), world.threads(), size - threads);
            case ENDPOINTS -> Endpoints.make(world.api(), receiver.url(), size);
            case NODES -> {
                for (int node = 1; node < size; node++) {
                    made.join(MoreNodes.start(home, World.data(options), database.file(), children));
                }
            }
            case HISTORY -> {}
        }
        world.sending(true);
        return made;
    }

    private void join(Launcher.Server node) {
        servers.add(node.pid());
        ports.add(node.url().getPort());
    }

    FloorDatabase database() {
        return database;
    }

    Lives lives(int rate, int seconds) throws IOException, InterruptedException, SQLException {
        database.vacuum("messages", "thread_dispatch", "attempts", "events");
        database.checkpoint();
        Instant since = Instant.now().minusSeconds(1);
        double server = server();
        double postgres = Processors.treeMillis(database.postmaster());
        int first = numbered;
        numbered += rate * seconds;
        OpenLoop loop = new OpenLoop(settings(seconds, rate).traffic(first));
        LoadResult load = loop.run();
        long end = System.nanoTime();
        while (database.unsettled(since) > 0) {
            if (System.nanoTime() - end > PATIENCE.toNanos()) {
                throw new IOException("messages are not read by their candidates yet");
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        double settled = (System.nanoTime() - end) / 1e9;
        double sent = load.answered();
        double usedByServer = (server() - server) / sent;
        double usedByDatabase = (Processors.treeMillis(database.postmaster()) - postgres) / sent;
        long[] came = new Arrivals(world).micros(first, rate * seconds, load.answered());
        long[] due = loop.due();
        long[] took = IntStream.range(0, due.length)
                .filter(i -> came[i] > 0)
                .mapToLong(i -> came[i] - due[i])
                .toArray();
        return new Lives(load, new Spread(took), settled, usedByServer, usedByDatabase);
    }

    Accepts accepts(int seconds) throws IOException, SQLException {
        database.vacuum("messages", "thread_dispatch", "events");
        database.checkpoint();
        double server = server();
        double postgres = Processors.treeMillis(database.postmaster());
        LoadResult load = new ClosedLoop(settings(seconds, 0)).run();
        // Some were answered while this process was still being compiled; they are in the processors' time alone.
        double sent = load.answered() * (seconds + 1.5) / seconds;
        return new Accepts(
                load, (server() - server) / sent, (Processors.treeMillis(database.postmaster()) - postgres) / sent);
    }

    /** From now on messages are accepted and not sent, in all organizations. */
    void pause() throws Exception {
        world.sending(false);
        organizations.pause();
    }

    private double server() {
        return servers.stream().mapToDouble(Processors::millis).sum();
    }

    private LoadSettings settings(int seconds, int rate) {
        return new LoadSettings(
                "127.0.0.1", ports, world.token(), CONNECTIONS, seconds, rate, world.threads(), world.notes());
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
