package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** How long a message takes from its request to the provider's door, at a fixed rate. */
final class Door {

    private static final int WARM_SECONDS = 10;

    private final BenchOptions options;
    private final World world;
    private final FloorDatabase database;
    private final Report report;

    Door(BenchOptions options, World world, FloorDatabase database, Report report) {
        this.options = options;
        this.world = world;
        this.database = database;
        this.report = report;
    }

    /**
     * What was measured.
     *
     * @param fromRequest microseconds from when a request was due until the simulator had the message
     * @param fromAnswer the same, from when its 201 was read; below 0 where the message was faster than its answer */
    record Times(
            LoadResult accepted, Spread fromRequest, Spread fromAnswer, double serverMillis, double databaseMillis) {}

    void run() throws IOException, InterruptedException, SQLException {
        world.sending(true);
        report.note("to the door: " + WARM_SECONDS + " s of warming up, then " + options.doorSeconds() + " s");
        world.load(64, WARM_SECONDS, options.rate());
        settle();
        world.simulator().post("/_control/reset", Map.of());
        database.vacuum();
        database.checkpoint();
        long server = Processors.millis(world.serverPid());
        long postgres = Processors.treeMillis(database.postmaster());
        LoadResult accepted = world.load(64, options.doorSeconds(), options.rate());
        settle();
        double serverMillis = Processors.millis(world.serverPid()) - server;
        double postgresMillis = Processors.treeMillis(database.postmaster()) - postgres;
        int sent = options.rate() * options.doorSeconds();
        long[] arrived = new Arrivals(world).micros(sent);
        List<String> notes = Files.readAllLines(world.notes());
        report.door(
                options,
                new Times(
                        accepted,
                        Arrivals.since(notes, 0, arrived),
                        Arrivals.since(notes, 1, arrived),
                        serverMillis / sent,
                        postgresMillis / sent));
    }

    /** Until nothing waits and every status that the simulator called back is applied. */
    private void settle() throws IOException, SQLException {
        long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (database.unsettled() > 0) {
            if (System.nanoTime() > patience) {
                throw new IOException(database.unsettled() + " messages are not read by their candidates yet");
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }
}
