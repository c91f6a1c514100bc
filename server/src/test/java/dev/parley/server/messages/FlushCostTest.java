package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.Migrations;
import dev.parley.testkit.postgres.DurablePostgres;
import dev.parley.testkit.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often accepting a hundred messages waits for the disk: once for each group, which is a hundred times when each comes alone. A
 * disk does not do this faster for anybody. See docs/performance.md before raising these numbers.
 */
@NullUnmarked
class FlushCostTest extends SubmitCase {

    private static final int HUNDRED = 100;

    private final List<UUID> threads = new ArrayList<>();

    @Test
    void waitsForTheDiskOnceForEachGroup(@TempDir Path folder) throws SQLException {
        try (DurablePostgres postgres = new DurablePostgres(folder)) {
            TestDatabase own = postgres.database();
            try (Database migrating = Schema.open(own)) {
                Migrations.run(migrating);
            }
            try (MessagesDatabase made = new MessagesDatabase(own)) {
                for (int i = 0; i < HUNDRED; i++) {
                    threads.add(made.webThread(A));
                }
            }
            long begin = flushes(postgres);
            accept(own, 1);
            long alone = flushes(postgres);
            accept(own, HUNDRED);
            long together = flushes(postgres);
            System.out.println("flushes of the log for a hundred messages: " + (alone - begin) + " one by one, "
                    + (together - alone) + " as one group");
            assertThat(alone - begin).as("one by one").isBetween(HUNDRED / 2L, HUNDRED + 5L);
            assertThat(together - alone).as("as one group").isBetween(1L, 2L);
        }
    }

    private void accept(TestDatabase own, int together) throws SQLException {
        try (Connection connection = own.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < HUNDRED; i += together) {
                List<SubmitCommand> commands = threads.subList(i, i + together).stream()
                        .map(thread -> Commands.text(A, thread, "Hello"))
                        .toList();
                assertThat(ended(connection, statement.run(connection, commands))
                                .outcomes())
                        .allMatch(Submitted.Accepted.class::isInstance);
            }
        }
    }

    private static long flushes(DurablePostgres postgres) {
        return await().until(postgres::flushes, count -> count >= 0);
    }
}
