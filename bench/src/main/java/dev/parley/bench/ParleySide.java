package dev.parley.bench;

import java.io.IOException;
import java.sql.SQLException;

/** This server and its database. */
final class ParleySide implements Side {

    private static final int CONNECTIONS = 64;

    private final World world;
    private final FloorDatabase database;
    private final long postmaster;

    ParleySide(World world, FloorDatabase database) throws SQLException {
        this.world = world;
        this.database = database;
        this.postmaster = database.postmaster();
    }

    @Override
    public String name() {
        return "Parley";
    }

    @Override
    public String promise() {
        try {
            return "this checkout, PostgreSQL " + database.version() + ": a 201 is committed and flushed ("
                    + String.join(", ", database.promises()) + "); order of each thread, at most once at the provider";
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    @Override
    public boolean handsOver() {
        return true;
    }

    @Override
    public Traffic traffic(int seconds, int rate) throws IOException {
        return world.traffic(CONNECTIONS, seconds, rate);
    }

    @Override
    public Used used() {
        return new Used(Processors.millis(world.serverPid()), Processors.treeMillis(postmaster));
    }
}
