package dev.parley.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whole lives of messages at a fixed rate: accepted, handed over, reported as sent, delivered and read by signed callbacks, each of
 * which a webhook tells. Once with a callback for each status, and once with ten statuses in one.
 */
final class Lifecycle {

    /** How many statuses one callback holds at most. */
    static final List<Integer> BATCHES = List.of(1, 10);

    /** The server compiles for two minutes under this load, most of it in the first. */
    private static final int WARM_SECONDS = 60;

    private static final int CONNECTIONS = 64;

    private final BenchOptions options;
    private final World world;
    private final FloorDatabase database;
    private final LifecycleReport report;

    Lifecycle(BenchOptions options, World world, FloorDatabase database, LifecycleReport report) {
        this.options = options;
        this.world = world;
        this.database = database;
        this.report = report;
    }

    /** Processor time by process, milliseconds. */
    record Used(double server, double database, double simulator, double load) {

        Used since(Used before) {
            return new Used(
                    server - before.server,
                    database - before.database,
                    simulator - before.simulator,
                    load - before.load);
        }
    }

    /**
     * What was measured.
     *
     * @param door microseconds from when a request was due until the simulator had the message
     * @param told microseconds from each change until the webhook's receiver had it, and that was recorded; without any, empty
     * @param settleMillis after the last answer, until every status was applied and told
     */
    record Times(
            int batch, LoadResult accepted, Spread door, Spread told, long settleMillis, Used used, Counts counts) {}

    void run() throws IOException, InterruptedException, SQLException {
        report.head(options);
        if (!options.webhooks()) {
            run(null);
            return;
        }
        try (Hooks hooks = Hooks.subscribe(world.api())) {
            run(hooks);
        }
    }

    private void run(@Nullable Hooks hooks) throws IOException, InterruptedException, SQLException {
        for (int batch : BATCHES) {
            world.sending(true);
            world.callBack(batch);
            world.load(CONNECTIONS, WARM_SECONDS, options.lifecycle());
            settle();
            world.simulator().post("/_control/reset", Map.of());
            world.callBack(batch);
            database.vacuum();
            database.checkpoint();
            report.line(options, measured(batch, hooks));
        }
        report.end();
    }

    private Times measured(int batch, @Nullable Hooks hooks) throws IOException, InterruptedException, SQLException {
        if (hooks != null) {
            hooks.begin();
        }
        Instant since = Instant.now();
        Counts before = database.counts();
        Used start = used();
        LoadResult accepted = world.load(CONNECTIONS, options.lifecycleSeconds(), options.lifecycle());
        long end = System.nanoTime();
        settle();
        long settled = (System.nanoTime() - end) / 1_000_000;
        Used used = used().since(start);
        Counts counts = database.counts().since(before);
        int sent = options.lifecycle() * options.lifecycleSeconds();
        Spread door = new Arrivals(world).since(sent, 0);
        if (hooks != null) {
            hooks.complete(database.changes(since));
        }
        return new Times(batch, accepted, door, database.told(since), settled, used, counts);
    }

    private Used used() throws SQLException {
        return new Used(
                Processors.millis(world.serverPid()),
                Processors.treeMillis(database.postmaster()),
                Processors.millis(world.simulatorPid()),
                Processors.ownMillis());
    }

    private void settle() throws IOException, SQLException {
        long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (database.unfinished()) {
            if (System.nanoTime() > patience) {
                throw new IOException("messages are not read by their candidates yet");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
