package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.postgres.ReplicatedPostgres;
import dev.parley.testkit.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database is gone before a transaction has reached its replica, which then gives the transaction's id to another one. */
@NullUnmarked
@Timeout(120)
class PromotedCommitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void anotherTransactionWithTheSameIdIsNotTakenForOurs() throws Exception {
        try (ReplicatedPostgres postgres = new ReplicatedPostgres(folder)) {
            String ours;
            long begun = System.nanoTime();
            try (Connection connection = postgres.primary().connect()) {
                connection.createStatement().execute(LostWords.TABLE);
                postgres.becomeSynchronous();
                connection.setAutoCommit(false);
                ours = LostWords.insert(connection);
                postgres.killPrimary();
                Database.rollBack(connection);
            }
            postgres.promote();
            try (Database database = open(postgres.replica(), 2)) {
                String other = LostWords.insertUntil(database, ours);
                assertThat(LostWords.number(other))
                        .as("the id is given once more")
                        .isEqualTo(LostWords.number(ours));

                assertThat(CommitOutcome.ask(database, ours, begun, PATIENCE)).isEqualTo(CommitOutcome.UNKNOWN);
                assertThat(CommitOutcome.ask(database, other, begun, PATIENCE)).isEqualTo(CommitOutcome.COMMITTED);
            }
        }
    }

    @Test
    void whatAReplicaRefusesIsWrittenByTheOneThatIsPromoted() throws Exception {
        try (ReplicatedPostgres postgres = new ReplicatedPostgres(folder);
                Database database = open(postgres.replica(), 2);
                GroupWriter<String, String> writer = WriterCase.writer(
                        database, WriterCase.limits(10, 10, 10, PATIENCE), PromotedCommitTest::write);
                GroupWriter<String, String> patient =
                        WriterCase.writer(database, GroupLimits.patient(10), PromotedCommitTest::write)) {
            UUID organization = UUID.randomUUID();
            try (Connection connection = postgres.primary().connect()) {
                connection.createStatement().execute(LostWords.TABLE);
            }
            assertThatThrownBy(() -> DatabaseChecks.run(database, true))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("it is a replica, which takes no writes (name its primary")
                    .message()
                    .doesNotContain("allowUnsafe");
            assertThat(writer.write(organization, 1, "x")).isEqualTo(new Written.Unreachable<>());
            CompletableFuture<Written<String>> kept =
                    CompletableFuture.supplyAsync(() -> patient.write(organization, 1, "x"));
            assertThat(writer.write(organization, 1, "x")).isEqualTo(new Written.Unreachable<>());
            postgres.killPrimary();
            postgres.promote();
            assertThat(kept.get()).isEqualTo(new Written.Done<>("x"));
            assertThat(writer.write(organization, 1, "x")).isEqualTo(new Written.Done<>("x"));
        }
    }

    @Test
    void aConnectionThatLeadsToAReplicaIsLeft() throws Exception {
        try (ReplicatedPostgres postgres = new ReplicatedPostgres(folder);
                Database database = open(postgres.replica(), 1)) {
            String before = database.call(PromotedCommitTest::session);
            assertThat(database.call(PromotedCommitTest::session)).isEqualTo(before);
            assertThatThrownBy(() -> database.transact(
                            connection -> connection.createStatement().execute(LostWords.TABLE)))
                    .isInstanceOf(DatabaseException.class);
            assertThat(database.call(PromotedCommitTest::session)).isNotEqualTo(before);
        }
    }

    private static String session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Group<String> write(Connection connection, List<String> words) throws SQLException {
        return new Group<>(LostWords.insert(connection), words);
    }

    private static Database open(TestDatabase on, int connections) {
        return Database.open(new DatabaseOptions(
                on.jdbcUrl(), on.username(), on.password(), connections, true, Duration.ofSeconds(20)));
    }
}
