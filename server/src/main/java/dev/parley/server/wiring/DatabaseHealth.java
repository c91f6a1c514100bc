package dev.parley.server.wiring;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.metrics.Health;
import dev.parley.server.platform.metrics.HealthCheck;

/** Whether the database answers. */
record DatabaseHealth(Database database) implements HealthCheck {

    private static final int PATIENCE_SECONDS = 2;
    private static final Health DOWN = Health.down("it does not answer");

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Health check() {
        try {
            return database.call(connection -> connection.isValid(PATIENCE_SECONDS)) ? Health.up() : DOWN;
        } catch (DatabaseException e) {
            return DOWN;
        }
    }
}
