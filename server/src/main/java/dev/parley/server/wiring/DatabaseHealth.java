package dev.parley.server.wiring;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.metrics.Health;
import dev.parley.server.platform.metrics.HealthCheck;
import java.sql.Statement;

/** Whether the database answers. */
record DatabaseHealth(Database database) implements HealthCheck {

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Health check() {
        try {
            database.call(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("select 1");
                }
            });
            return Health.up();
        } catch (DatabaseException e) {
            return Health.down("it does not answer");
        }
    }
}
