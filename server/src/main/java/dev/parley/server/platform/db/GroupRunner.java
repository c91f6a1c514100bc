package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one group after the other, in the writer's thread. */
final class GroupRunner<I, O> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupRunner.class);
    private static final int MOST_TRIES = 20;

    private final Database database;
    private final GroupStatement<I, O> statement;
    private final boolean patient;

    GroupRunner(Database database, GroupStatement<I, O> statement, boolean patient) {
        this.database = database;
        this.statement = statement;
        this.patient = patient;
    }

    /** Writes the group; every entry has its outcome when this returns. Never throws but on interruption. */
    void write(List<GroupEntry<I, O>> group) throws InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        for (int tries = 1; ; tries++) {
            Try outcome = runOnce(group);
            switch (outcome) {
                case FINISHED -> {
                    return;
                }
                case AGAIN -> {
                    if (tries >= MOST_TRIES) {
                        halve(group, new SQLException("the group did not pass in " + tries + " tries", "40001"));
                        return;
                    }
                    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(1, 2L + tries));
                }
                case UNREACHABLE -> {
                    if (!patient) {
                        finish(group, Written.Unreachable::new);
                        return;
                    }
                    TimeUnit.MILLISECONDS.sleep(Math.min(1000, 50L * tries));
                }
            }
        }
    }

    private enum Try {
        FINISHED,
        AGAIN,
        UNREACHABLE
    }

    private Try runOnce(List<GroupEntry<I, O>> group) throws InterruptedException {
        Group<O> result;
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            try {
                result = statement.run(
                        connection, group.stream().map(entry -> entry.item).toList());
            } catch (SQLException e) {
                Database.rollBack(connection);
                return failed(group, e);
            } catch (RuntimeException e) {
                Database.rollBack(connection);
                LOG.error(
                        "a group's statement failed in the server: {}",
                        e.getClass().getName());
                return failed(group, new SQLException("the statement's parameters or rows", "XX000", e));
            }
            if (result.outcomes() == null) {
                Database.rollBack(connection);
                return Try.AGAIN;
            }
            if (result.outcomes().size() != group.size()) {
                Database.rollBack(connection);
                return failed(group, new SQLException("a group has an outcome for each item", "XX000"));
            }
            return commit(connection, group, result.transactionId(), result.outcomes());
        } catch (SQLException e) {
            return failed(group, e);
        }
    }

    private Try commit(
            Connection connection, List<GroupEntry<I, O>> group, @Nullable String transactionId, List<O> outcomes)
            throws InterruptedException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.UNREACHABLE) {
                return failed(group, e);
            }
            return switch (CommitOutcome.ask(database, transactionId)) {
                case COMMITTED -> complete(group, outcomes);
                case ABORTED -> patient ? Try.AGAIN : Try.UNREACHABLE;
                case UNKNOWN -> finish(group, Written.Unknown::new);
            };
        }
        return complete(group, outcomes);
    }

    private Try failed(List<GroupEntry<I, O>> group, SQLException error) throws InterruptedException {
        return switch (SqlFailure.of(error)) {
            case RETRY -> Try.AGAIN;
            case UNREACHABLE -> Try.UNREACHABLE;
            case REFUSED -> {
                halve(group, error);
                yield Try.FINISHED;
            }
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

    private Try complete(List<GroupEntry<I, O>> group, List<O> outcomes) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).written.complete(new Written.Done<>(outcomes.get(i)));
        }
        return Try.FINISHED;
    }

    private Try finish(List<GroupEntry<I, O>> group, Supplier<Written<O>> outcome) {
        group.forEach(entry -> entry.written.complete(outcome.get()));
        return Try.FINISHED;
    }
}
