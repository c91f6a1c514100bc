package dev.parley.server;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import dev.parley.server.platform.db.Migrations;
import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import java.time.Duration;

/** Databases with this release's schema, made from one that was migrated once. */
public final class Schema {

    private static final TestPostgres.Template TEMPLATE = TestPostgres.template("parley", test -> {
        try (Database database = open(test)) {
            Migrations.run(database);
        }
    });

    private Schema() {}

    /** A database of the test's own; the test closes it. */
    public static TestDatabase create() {
        return TEMPLATE.create();
    }

    /** Opens it as the server does. */
    public static Database open(TestDatabase test) {
        return Database.open(new DatabaseOptions(
                test.jdbcUrl(), test.username(), test.password(), 12, true, Duration.ofSeconds(30)));
    }
}
