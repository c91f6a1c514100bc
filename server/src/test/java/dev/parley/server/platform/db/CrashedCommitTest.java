package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.postgres.PostgresOptions;
import dev.parley.postgres.PostgresServer;
import dev.parley.postgres.PostgresState;
import dev.parley.testkit.postgres.PostgresBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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
            database.call(connection -> execute(connection, "create table words (word text)"));
            long begun = System.nanoTime();
            String ours = lostInACrash(server, database);
            String other;
            do {
                other = database.transact(CrashedCommitTest::inserted);
            } while (number(other) < number(ours));
            assertThat(other).as("the id is given once more").isEqualTo(ours);

            assertThat(CommitOutcome.ask(database, ours, begun, Duration.ofSeconds(10)))
                    .isEqualTo(CommitOutcome.UNKNOWN);
            assertThat(CommitOutcome.ask(database, other, System.nanoTime(), Duration.ofSeconds(10)))
                    .isEqualTo(CommitOutcome.COMMITTED);
            assertThat(CommitOutcome.ask(
                            database,
                            ours.replaceFirst("[0-9]+", Long.toString(number(ours) + 1000)),
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
            String id = inserted(connection);
            long postmaster = server.pid();
            ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
            // What was not written yet must not be by those that outlive it for a moment.
            process.children().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            await().until(() -> server.pid() != postmaster && server.state() == PostgresState.RUNNING);
            return id;
        } finally {
            Database.rollBack(connection);
        }
    }

    private static long number(String transactionId) {
        return Long.parseLong(transactionId.replaceFirst("/.*", ""));
    }

    private static String inserted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("insert into words values ('x') returning " + TransactionId.SQL)) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
