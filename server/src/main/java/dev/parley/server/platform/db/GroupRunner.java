package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one group after the other, in the writer's thread. */
final class GroupRunner<I, O> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupRunner.class);
    private static final int MOST_TRIES = 20;
    private static final long LONGEST_WAIT_MILLIS = 250;
    /** How long is asked what became of a commit while its callers wait for an answer. */
    private static final Duration ASKED = Duration.ofSeconds(10);
    /** The same where nobody waits: while the database is not there, nothing else can be done. */
    private static final Duration ASKED_PATIENTLY = Duration.ofDays(1);

    private final Database database;
    private final GroupStatement<I, O> statement;
    private final boolean patient;

    GroupRunner(Database database, GroupStatement<I, O> statement, boolean patient) {
        this.database = database;
        this.statement = statement;
        this.patient = patient;
    }

    /**
     * Writes the group; every entry has its outcome when this returns. Never throws but on interruption. Of a patient writer no
     * entry is given up for being in the way of others or too slow.
     */
    void write(List<GroupEntry<I, O>> group) throws InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        for (int tries = 1; ; tries++) {
            long begun = System.nanoTime();
            switch (settled(runOnce(group), begun)) {
                case Try.Committed<O>(List<O> outcomes) -> {
                    complete(group, outcomes);
                    return;
                }
                case Try.Again<O>() -> {
                    if (tries >= MOST_TRIES && (group.size() > 1 || !patient)) {
                        halve(group, new SQLException("the group did not pass in " + tries + " tries", "40001"));
                        return;
                    }
                    TimeUnit.MILLISECONDS.sleep(
                            ThreadLocalRandom.current().nextLong(1, Math.min(LONGEST_WAIT_MILLIS, 2L + tries)));
                }
                case Try.Unreachable<O>() -> {
                    if (!patient) {
                        finish(group, Written.Unreachable::new);
                        return;
                    }
                    TimeUnit.MILLISECONDS.sleep(Math.min(LONGEST_WAIT_MILLIS, 50L * tries));
                }
                case Try.Refused<O>(SQLException error) -> {
                    halve(group, error);
                    return;
                }
                case Try.Lost<O> lost -> {
                    finish(group, Written.Unknown::new);
                    return;
                }
            }
        }
    }

    /** What came of one try. Nothing is done about it while its connection is held: halves take connections of their own. */
    private sealed interface Try<O> {
        record Committed<O>(List<O> outcomes) implements Try<O> {}

        record Again<O>() implements Try<O> {}

        record Unreachable<O>() implements Try<O> {}

        record Refused<O>(SQLException error) implements Try<O> {}

        /** COMMIT was sent and not answered. */
        record Lost<O>(Group<O> group, List<O> outcomes) implements Try<O> {}
    }

    /**
     * Asks what became of a lost commit; lost is then what could not be learned. A patient writer runs that again, as it may.
     */
    private Try<O> settled(Try<O> outcome, long begun) throws InterruptedException {
        if (!(outcome instanceof Try.Lost<O>(Group<O> group, List<O> outcomes))) {
            return outcome;
        }
        CommitOutcome learned = CommitOutcome.UNKNOWN;
        try {
            learned = CommitOutcome.ask(database, group.transactionId(), begun, patient ? ASKED_PATIENTLY : ASKED);
        } finally {
            group.tell(learned);
        }
        return switch (learned) {
            case COMMITTED -> new Try.Committed<>(outcomes);
            case ABORTED -> new Try.Unreachable<>();
            case UNKNOWN -> patient ? new Try.Unreachable<>() : outcome;
        };
    }

    private Try<O> runOnce(List<GroupEntry<I, O>> group) {
        Connection connection;
        try {
            connection = database.connection();
        } catch (SQLException e) {
            return failed(e);
        }
        Try<O> outcome = null;
        try {
            outcome = runOn(connection, group);
            return outcome;
        } finally {
            database.ended(connection, outcome instanceof Try.Committed || outcome instanceof Try.Lost);
            Database.giveBack(connection);
        }
    }

    private Try<O> runOn(Connection connection, List<GroupEntry<I, O>> group) {
        Group<O> result;
        try {
            connection.setAutoCommit(false);
            result = statement.run(
                    connection, group.stream().map(entry -> entry.item).toList());
        } catch (SQLException e) {
            Database.rollBack(connection);
            return failed(e);
        } catch (RuntimeException e) {
            Database.rollBack(connection);
            LOG.error(
                    "a group's statement failed in the server: {}", e.getClass().getName());
            return new Try.Refused<>(new SQLException("the statement's parameters or rows", "XX000", e));
        }
        List<O> outcomes = result.outcomes();
        if (outcomes == null) {
            Database.rollBack(connection);
            return new Try.Again<>();
        }
        Try<O> tried = outcomes.size() == group.size()
                ? commit(connection, result, outcomes)
                : uncommitted(connection, new SQLException("a group has an outcome for each item", "XX000"));
        switch (tried) {
            case Try.Committed<O> yes -> result.tell(CommitOutcome.COMMITTED);
            // It is asked for first.
            case Try.Lost<O> lost -> {}
            case Try.Again<O>(), Try.Unreachable<O>(), Try.Refused<O> _ -> result.tell(CommitOutcome.ABORTED);
        }
        return tried;
    }

    private Try<O> uncommitted(Connection connection, SQLException error) {
        Database.rollBack(connection);
        return failed(error);
    }

    private Try<O> commit(Connection connection, Group<O> group, List<O> outcomes) {
        try {
            Group.End end = group.end();
            if (end == null) {
                connection.commit();
            } else if (!end.commit(connection)) {
                Database.rollBack(connection);
                return new Try.Again<>();
            }
            return new Try.Committed<>(outcomes);
        } catch (SQLException e) {
            return SqlFailure.of(e) == SqlFailure.UNREACHABLE
                    ? new Try.Lost<>(group, outcomes)
                    : uncommitted(connection, e);
        } catch (RuntimeException e) {
            // Binding failed before anything was sent.
            LOG.error(
                    "a group's statement failed in the server: {}", e.getClass().getName());
            return uncommitted(connection, new SQLException("the statement's parameters or rows", "XX000", e));
        }
    }

    private Try<O> failed(SQLException error) {
        return switch (SqlFailure.of(error)) {
            case RETRY -> new Try.Again<>();
            // Halves would each take as long.
            case UNREACHABLE, TIMED_OUT -> new Try.Unreachable<>();
            case REFUSED -> new Try.Refused<>(error);
        };
    }

    private void halve(List<GroupEntry<I, O>> group, SQLException error) throws InterruptedException {
        if (group.size() == 1) {
            LOG.error("a row was refused by the database, SQL state {}", error.getSQLState());
            finish(group, () -> new Written.Refused<>(error));
            return;
        }
        int middle = group.size() / 2;
        write(group.subList(0, middle));
        write(group.subList(middle, group.size()));
    }

    private void complete(List<GroupEntry<I, O>> group, List<O> outcomes) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).written.complete(new Written.Done<>(outcomes.get(i)));
        }
    }

    private void finish(List<GroupEntry<I, O>> group, Supplier<Written<O>> outcome) {
        group.forEach(entry -> entry.written.complete(outcome.get()));
    }
}
