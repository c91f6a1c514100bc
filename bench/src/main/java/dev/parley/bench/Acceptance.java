package dev.parley.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Durable accepts a second beside the floor, in turns and never at the same time. */
final class Acceptance {

    /** After this the compiler of the server has no more to do that shows. */
    private static final int WARM_UP_SECONDS = 30;

    private final BenchOptions options;
    private final World world;
    private final FloorDatabase database;
    private final Floor floor;
    private final Report report;

    Acceptance(BenchOptions options, World world, FloorDatabase database, Floor floor, Report report) {
        this.options = options;
        this.world = world;
        this.database = database;
        this.floor = floor;
        this.report = report;
    }

    /** One measurement of each, one right after the other. */
    record Pair(Floor.Run floor, LoadResult accepted, double serverMillis, double databaseMillis, double loadMillis) {
        double ratio() {
            return accepted.perSecond() / floor.perSecond();
        }

        /** How many accepts could be had for the processor time of as many transactions: other processes do not matter. */
        double processorRatio() {
            return floor.millis() / (serverMillis + databaseMillis + loadMillis);
        }
    }

    void run() throws IOException, InterruptedException, SQLException {
        world.sending(false);
        report.note("warming up");
        world.load(64, WARM_UP_SECONDS, 0);
        floor.measure(64);
        List<List<Pair>> pairs = new ArrayList<>();
        options.connections().forEach(connections -> pairs.add(new ArrayList<>()));
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < pairs.size(); i++) {
                int connections = options.connections().get(i);
                Pair pair = pair(connections, round % 2 == 0);
                pairs.get(i).add(pair);
                report.pair(round + 1, connections, pair);
            }
        }
        report.acceptance(options, pairs);
    }

    private Pair pair(int connections, boolean floorFirst) throws IOException, InterruptedException, SQLException {
        database.vacuum();
        database.checkpoint();
        Floor.Run before = floorFirst ? floor.measure(connections) : null;
        database.checkpoint();
        long rows = database.outbound();
        long server = Processors.millis(world.serverPid());
        long postgres = Processors.treeMillis(database.postmaster());
        long load = Processors.ownMillis();
        LoadResult accepted = world.load(connections, options.seconds(), 0);
        load = Processors.ownMillis() - load;
        server = Processors.millis(world.serverPid()) - server;
        postgres = Processors.treeMillis(database.postmaster()) - postgres;
        long stored = database.outbound() - rows;
        if (accepted.others() > 0 || stored < accepted.answered()) {
            throw new IOException("of the requests " + accepted.others() + " were not answered 201; "
                    + accepted.answered() + " were, and " + stored + " are stored");
        }
        database.checkpoint();
        Floor.Run transactions = before != null ? before : floor.measure(connections);
        return new Pair(
                transactions, accepted, (double) server / stored, (double) postgres / stored, (double) load / stored);
    }
}
