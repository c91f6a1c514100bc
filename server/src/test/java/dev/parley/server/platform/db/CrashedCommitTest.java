package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.postgres.PostgresOptions;
import dev.parley.postgres.PostgresServer;
import dev.parley.postgres.PostgresState;
import dev.parley.testkit.postgres.PostgresBinaries;
import dev.parley.testkit.postgres.PostgresCrash;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database crashes before anything of a transaction is on disk, and gives its id to another one afterwards. */
@NullUnmarked
@Timeout(120)
class CrashedCommitTest {

    @TempDir
    Path folder;

    @Test
    void anotherTransactionWithTheSameIdIsNotTakenForOurs() throws Exception {
        try (PostgresServer server = PostgresServer.start(
                        PostgresOptions.in(folder.resolve("postgres")).withBinaries(PostgresBinaries.folder()));
                Database database = Database.open(new DatabaseOptions(
                        server.jdbcUrl(), server.username(), server.password(), 2, true, Duration.ofSeconds(20)))) {
            database.call(connection -> execute(connection, LostWords.TABLE));
            long begun = System.nanoTime();
            String ours = lostInACrash(server, database);
            String other = LostWords.insertUntil(database, ours);
            assertThat(other).as("the id is given once more").isEqualTo(ours);

            assertThat(CommitOutcome.ask(database, ours, begun, Duration.ofSeconds(10)))
                    .isEqualTo(CommitOutcome.UNKNOWN);
            assertThat(CommitOutcome.ask(database, other, System.nanoTime(), Duration.ofSeconds(10)))
                    .isEqualTo(CommitOutcome.COMMITTED);
            assertThat(CommitOutcome.ask(
                            database,
                            ours.replaceFirst("[0-9]+", Long.toString(LostWords.number(ours) + 1000)),
                            begun,
                            Duration.ofSeconds(10)))
                    .as("an id that is still to be given was lost")
                    .isEqualTo(CommitOutcome.ABORTED);
        }
    }

    private static String lostInACrash(PostgresServer server, Database database) throws Exception {
        Connection connection = database.connection();
        try {
            connection.setAutoCommit(false);
            String id = LostWords.insert(connection);
            long postmaster = server.pid();
            PostgresCrash.kill(server);
            await().until(() -> server.pid() != postmaster && server.state() == PostgresState.RUNNING);
            return id;
        } finally {
            Database.rollBack(connection);
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
