package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** COMMIT was sent and its answer never came. */
@NullUnmarked
@Timeout(90)
class CommitOutcomeTest extends WriterCase {

    private static final GroupLimits IMPATIENT = limits(10, 10, 10, Duration.ofSeconds(60));

    /** From now on a commit takes as long as somebody holds the table "gate". */
    private void slowCommits() throws Exception {
        execute("create table gate ()");
        execute("""
                create function wait() returns trigger language plpgsql as
                $$ begin lock table gate in share mode; return null; end $$
                """);
        execute("create constraint trigger slow after insert on words deferrable initially deferred"
                + " for each row execute function wait()");
    }

    /** Kills the backend that is in COMMIT. */
    private void killInCommit() throws Exception {
        await().until(this::waiting);
        assertThat(
                        holds(
                                "pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and query = 'COMMIT'"))
                .as("a backend was killed in its COMMIT")
                .isTrue();
    }

    @Test
    void aBackendThatIsKilledInCommitHasStoredNothingAndItIsSaidSo() throws Exception {
        slowCommits();
        try (GroupWriter<String, String> writer = writer(database, IMPATIENT);
                var gate = made.connect()) {
            gate.setAutoCommit(false);
            gate.createStatement().execute("lock table gate in exclusive mode");
            Future<Written<String>> written = later(writer, A, "x");
            killInCommit();
            assertThat(written.get()).isEqualTo(new Written.Unreachable<>());
        }
        assertThat(words()).isEmpty();
    }

    @Test
    void aPatientWriterWritesItAgain() throws Exception {
        slowCommits();
        try (GroupWriter<String, String> writer = writer(database, GroupLimits.patient(10));
                var gate = made.connect()) {
            gate.setAutoCommit(false);
            gate.createStatement().execute("lock table gate in exclusive mode");
            Future<Written<String>> written = later(writer, A, "x");
            killInCommit();
            await().until(this::waiting);
            gate.rollback();
            assertThat(written.get()).isEqualTo(new Written.Done<>("X"));
        }
        assertThat(words()).containsExactly("x");
        assertThat(groups).hasSize(2);
    }

    @Test
    void anAnswerThatIsLostAfterTheCommitIsFoundOut() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(made.jdbcUrl());
                Database through = pool(proxy.jdbcUrl(), 2);
                GroupWriter<String, String> writer = writer(through, IMPATIENT)) {
            proxy.cutNextCommit();
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Done<>("X"));
            assertThat(groups).as("it is not written twice").hasSize(1);
            assertThat(proxy.cuts()).isEqualTo(1);
        }
        assertThat(words()).containsExactly("x");
    }

    @Test
    void whatCannotBeFoundOutIsSaidToBeUnknownOnlyWhereSomebodyWaits() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(made.jdbcUrl());
                Database through = pool(proxy.jdbcUrl(), 1);
                GroupWriter<String, String> writer = writer(through, IMPATIENT);
                CuttingProxy other = new CuttingProxy(made.jdbcUrl());
                Database throughOther = pool(other.jdbcUrl(), 1);
                GroupWriter<String, String> patient = writer(throughOther, GroupLimits.patient(10))) {
            other.cutNextCommitForGood();
            Future<Written<String>> kept = later(patient, A, "y");
            await().until(() -> other.cuts() == 1);
            proxy.cutNextCommitForGood();
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Unknown<>());
            // It began to ask earlier.
            assertThat(kept).isNotDone();
            other.mend();
            assertThat(kept.get()).isEqualTo(new Written.Done<>("Y"));
        }
        assertThat(words()).as("it was stored, and nobody could know").containsExactly("x", "y");
    }

    @Test
    void whatNobodyCanSayIsWrittenAgainWhereNobodyWaits() throws Exception {
        GroupStatement<String, String> ofAnotherTimeline = (connection, words) -> {
            Group<String> group = insert(connection, words);
            return new Group<>(group.transactionId().replaceFirst("/.*", "/FFFFFFFF"), group.outcomes());
        };
        try (CuttingProxy proxy = new CuttingProxy(made.jdbcUrl());
                Database through = pool(proxy.jdbcUrl(), 2);
                GroupWriter<String, String> writer = writer(through, IMPATIENT, ofAnotherTimeline);
                GroupWriter<String, String> patient = writer(through, GroupLimits.patient(10), ofAnotherTimeline)) {
            proxy.cutNextCommit();
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Unknown<>());
            proxy.cutNextCommit();
            assertThat(patient.write(A, 1, "y")).isEqualTo(new Written.Done<>("Y"));
        }
        assertThat(words()).containsExactly("x", "y", "y");
    }

    @Test
    void aDatabaseThatIsNotThereIsToldAtOnceOrWaitedFor() throws Exception {
        try (Database gone = pool("jdbc:postgresql://127.0.0.1:1/none", 1);
                GroupWriter<String, String> writer = writer(gone, IMPATIENT)) {
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Unreachable<>());
        }
    }
}
