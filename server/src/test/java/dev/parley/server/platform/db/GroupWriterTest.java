package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked
@Timeout(60)
class GroupWriterTest extends WriterCase {

    private static final Duration LONG = Duration.ofSeconds(40);

    /** Makes words wait behind a first one until all are in the queue; the first is written alone. */
    private List<Future<Written<String>>> together(GroupWriter<String, String> writer, List<Row> rows)
            throws Exception {
        List<Future<Written<String>>> all = new ArrayList<>();
        try (Connection blocker = blocked()) {
            all.add(later(writer, A, "first"));
            await().until(this::waiting);
            for (Row row : rows) {
                int before = writer.queued();
                all.add(later(writer, row.organization(), row.word()));
                await().until(() -> writer.queued() == before + 1);
            }
            blocker.rollback();
        }
        return all;
    }

    private record Row(UUID organization, String word) {}

    private static List<Row> rows(UUID organization, String... words) {
        return List.of(words).stream().map(word -> new Row(organization, word)).toList();
    }

    @Test
    void whoWaitsIsWrittenInOneGroupAndEachHasItsOwnOutcome() throws Exception {
        try (GroupWriter<String, String> writer = writer(database, limits(256, 100, 100, LONG))) {
            List<Future<Written<String>>> all = together(writer, rows(A, "b", "c", "d"));
            assertThat(all.get(0).get()).isEqualTo(new Written.Done<>("FIRST"));
            assertThat(all.get(1).get()).isEqualTo(new Written.Done<>("B"));
            assertThat(all.get(3).get()).isEqualTo(new Written.Done<>("D"));
        }
        assertThat(groups).containsExactly(List.of("first"), List.of("b", "c", "d"));
    }

    @Test
    void rowsThatComeSoonAfterAGroupGather() throws Exception {
        Duration pace = Duration.ofSeconds(2);
        try (GroupWriter<String, String> writer = new GroupWriter<>(
                "test-writer", database, limits(256, 100, 100, LONG), word -> List.of(), this::insert, pace)) {
            assertThat(later(writer, A, "first").get()).isEqualTo(new Written.Done<>("FIRST"));
            Future<Written<String>> second = later(writer, A, "second");
            await().until(() -> writer.queued() == 1);
            Future<Written<String>> third = later(writer, A, "third");
            assertThat(second.get()).isEqualTo(new Written.Done<>("SECOND"));
            assertThat(third.get()).isEqualTo(new Written.Done<>("THIRD"));
        }
        assertThat(groups).containsExactly(List.of("first"), List.of("second", "third"));
    }

    @Test
    void aWholeGroupIsNotKeptWaiting() throws Exception {
        try (GroupWriter<String, String> writer = new GroupWriter<>(
                "test-writer",
                database,
                limits(2, 100, 100, LONG),
                word -> List.of(),
                this::insert,
                Duration.ofMinutes(10))) {
            later(writer, A, "first").get();
            Future<Written<String>> second = later(writer, A, "second");
            later(writer, A, "third").get();
            second.get();
        }
        assertThat(groups).hasSize(2);
    }

    @Test
    void aPoisonedRowFailsAloneEvenWithOneConnection() throws Exception {
        try (Database one = pool(made.jdbcUrl(), 1);
                GroupWriter<String, String> writer = writer(one, limits(256, 100, 100, LONG))) {
            List<Future<Written<String>>> all = together(writer, rows(A, "a", "b", "poison", "c", "d", "e", "f"));
            for (int i = 0; i < all.size(); i++) {
                Written<String> written = all.get(i).get();
                if (i == 3) {
                    assertThat(written)
                            .isInstanceOfSatisfying(
                                    Written.Refused.class,
                                    refused -> assertThat(refused.cause().getSQLState())
                                            .isEqualTo("23514"));
                } else {
                    assertThat(written).isInstanceOf(Written.Done.class);
                }
            }
        }
        assertThat(words()).containsExactly("a", "b", "c", "d", "e", "f", "first");
        assertThat(groups)
                .as("halves, no more than needed")
                .containsExactly(
                        List.of("first"),
                        List.of("a", "b", "poison", "c", "d", "e", "f"),
                        List.of("a", "b", "poison"),
                        List.of("a"),
                        List.of("b", "poison"),
                        List.of("b"),
                        List.of("poison"),
                        List.of("c", "d", "e", "f"));
    }

    @Test
    void aGroupThatAnotherWasInTheWayOfIsRunAgainAndItsFirstRunLeftNothing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        GroupStatement<String, String> contended = (connection, words) -> {
            Group<String> group = insert(connection, words);
            return switch (runs.incrementAndGet()) {
                case 1 -> Group.again();
                case 2 -> throw new SQLException("deadlock", "40P01");
                case 3 -> throw new SQLException("serialization", "40001");
                default -> group;
            };
        };
        try (GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG), contended)) {
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Done<>("X"));
        }
        assertThat(runs).hasValue(4);
        assertThat(words()).containsExactly("x");
    }

    @Test
    void aGroupThatEndsItselfIsCommittedOnceAndRunAgainWhenItsEndSaysSo() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        GroupStatement<String, String> ending = (connection, words) -> {
            Group<String> group = insert(connection, words);
            return new Group<>(group.transactionId(), group.outcomes(), last -> {
                if (ends.incrementAndGet() == 1) {
                    return false;
                }
                try (var statement = last.createStatement()) {
                    statement.execute("insert into words values ('last'); commit");
                }
                return true;
            });
        };
        try (GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG), ending)) {
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Done<>("X"));
            assertThat(words()).containsExactly("last", "x");
        }
        assertThat(ends).hasValue(2);
    }

    @Test
    void aGroupIsToldEachTimeWhatBecameOfIt() throws Exception {
        List<CommitOutcome> told = new ArrayList<>();
        GroupStatement<String, String> troubled = (connection, words) -> {
            Group<String> group = insert(connection, words);
            int run = groups.size();
            return new Group<>(
                    group.transactionId(),
                    group.outcomes(),
                    last -> {
                        if (run == 1) {
                            return false;
                        }
                        if (run == 2) {
                            throw new SQLException("serialization", "40001");
                        }
                        if (run == 3) {
                            throw new SQLException("refused", "23514");
                        }
                        last.commit();
                        return true;
                    },
                    told::add);
        };
        try (GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG), troubled)) {
            assertThat(writer.write(A, 1, "x")).isInstanceOf(Written.Refused.class);
            assertThat(told).containsOnly(CommitOutcome.ABORTED).hasSize(3);
            assertThat(writer.write(A, 1, "y")).isEqualTo(new Written.Done<>("Y"));
        }
        assertThat(told).hasSize(4).endsWith(CommitOutcome.COMMITTED);
    }

    @Test
    void whatTheEndOfAGroupIsRefusedForLeavesNothing() throws Exception {
        GroupStatement<String, String> poisoned = (connection, words) -> {
            Group<String> group = insert(connection, words);
            return new Group<>(group.transactionId(), group.outcomes(), last -> {
                try (var statement = last.prepareStatement("insert into words values (?); commit")) {
                    statement.setString(1, words.contains("x") ? "poison" : "last");
                    statement.execute();
                }
                return true;
            });
        };
        try (GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG), poisoned)) {
            assertThat(writer.write(A, 1, "x")).isInstanceOf(Written.Refused.class);
            assertThat(writer.write(A, 1, "y")).isEqualTo(new Written.Done<>("Y"));
        }
        assertThat(words()).containsExactly("last", "y");
    }

    @Test
    void aPatientWriterGivesNothingUpWhileTheDiskIsFull() throws Exception {
        int longerThanAnotherInTheWay = 25;
        AtomicInteger ends = new AtomicInteger();
        GroupStatement<String, String> full = (connection, words) -> {
            Group<String> group = insert(connection, words);
            return new Group<>(group.transactionId(), group.outcomes(), last -> {
                try (var statement = last.createStatement()) {
                    statement.execute(
                            ends.incrementAndGet() > longerThanAnotherInTheWay
                                    ? "commit"
                                    : "do 'begin raise exception ''full'' using errcode = ''53100''; end'; commit");
                }
                return true;
            });
        };
        try (GroupWriter<String, String> writer = writer(database, GroupLimits.patient(10), full)) {
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Done<>("X"));
        }
        assertThat(words()).containsExactly("x");
    }

    @Test
    void aPatientWriterGivesNothingUpWhoseLockIsHeldForLong() throws Exception {
        int longerThanAnotherInTheWay = 25;
        for (String state : List.of("57014", "40P01")) {
            AtomicInteger tries = new AtomicInteger();
            GroupStatement<String, String> held = (connection, words) -> {
                if (tries.incrementAndGet() <= longerThanAnotherInTheWay) {
                    throw new SQLException("held", state);
                }
                return insert(connection, words);
            };
            try (GroupWriter<String, String> writer = writer(database, GroupLimits.patient(10), held)) {
                assertThat(writer.write(A, 1, state)).isEqualTo(new Written.Done<>(state));
            }
        }
        assertThat(words()).containsExactly("40P01", "57014");
    }

    @Test
    void whoWaitsForAnAnswerIsToldThatATimeOutMayPass() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        GroupStatement<String, String> held = (connection, words) -> {
            if (words.contains("first")) {
                return insert(connection, words);
            }
            tries.incrementAndGet();
            throw new SQLException("held", "57014");
        };
        try (GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG), held)) {
            List<Future<Written<String>>> all = together(writer, rows(A, "a", "b"));
            for (Future<Written<String>> one : all.subList(1, 3)) {
                assertThat(one.get()).isInstanceOf(Written.Unreachable.class);
            }
        }
        assertThat(tries).as("no half waits as long once more").hasValue(1);
    }

    @Test
    void aRowThatNeverPassesIsGivenUpAndTheOthersPass() throws Exception {
        GroupStatement<String, String> contended =
                (connection, words) -> words.contains("stuck") ? Group.again() : insert(connection, words);
        try (GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG), contended)) {
            List<Future<Written<String>>> all = together(writer, rows(A, "a", "stuck", "b"));
            assertThat(all.get(1).get()).isEqualTo(new Written.Done<>("A"));
            assertThat(all.get(2).get()).isInstanceOf(Written.Refused.class);
            assertThat(all.get(3).get()).isEqualTo(new Written.Done<>("B"));
        }
        assertThat(words()).containsExactly("a", "b", "first");
    }

    @Test
    void aGroupThatEndsInAnErrorEndsAloneAndTheWriterLivesOn() throws Exception {
        GroupStatement<String, String> deep = (connection, words) -> {
            if (words.contains("deep")) {
                throw new StackOverflowError();
            }
            return insert(connection, words);
        };
        try (GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG), deep)) {
            assertThat(writer.write(A, 1, "deep")).isInstanceOf(Written.Unknown.class);
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Done<>("X"));
        }
    }

    @Test
    void mistakesOfTheStatementReachTheirRowsAndTheWriterLivesOn() throws Exception {
        GroupStatement<String, String> mistaken = (connection, words) -> {
            if (words.contains("bug")) {
                throw new IllegalStateException("a bug");
            }
            return words.contains("short") ? new Group<>("1", List.of()) : insert(connection, words);
        };
        try (GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG), mistaken)) {
            assertThat(writer.write(A, 1, "bug")).isInstanceOf(Written.Refused.class);
            assertThat(writer.write(A, 1, "short")).isInstanceOf(Written.Refused.class);
            assertThat(writer.write(A, 1, "x")).isEqualTo(new Written.Done<>("X"));
        }
    }

    @Test
    void everyOrganizationHasATurnInEachGroup() throws Exception {
        try (GroupWriter<String, String> writer = writer(database, limits(4, 100, 100, LONG))) {
            List<Row> rows = new ArrayList<>(rows(A, "a1", "a2", "a3", "a4", "a5", "a6"));
            rows.addAll(rows(B, "b1", "b2"));
            rows.addAll(rows(C, "c1"));
            for (Future<Written<String>> one : together(writer, rows)) {
                assertThat(one.get()).isInstanceOf(Written.Done.class);
            }
        }
        assertThat(groups.subList(1, groups.size()))
                .containsExactly(List.of("a1", "b1", "c1", "a2"), List.of("b2", "a3", "a4", "a5"), List.of("a6"));
    }

    @Test
    void groupsEndAtTheirBytesAndAtASecondOfAKind() throws Exception {
        try (GroupWriter<String, String> writer = writer(database, new GroupLimits(100, 25, 100, 100, LONG))) {
            for (Future<Written<String>> one : together(writer, rows(A, "once", "once", "x", "y", "z"))) {
                assertThat(one.get()).isInstanceOf(Written.Done.class);
            }
        }
        assertThat(groups).containsExactly(List.of("first"), List.of("once"), List.of("once", "x"), List.of("y", "z"));
    }

    @Test
    void overloadIsToldAtOnceOrAfterTheLongestWaitAndNothingIsDone() throws Exception {
        try (GroupWriter<String, String> writer = writer(database, limits(10, 2, 3, Duration.ofMillis(500)))) {
            List<Future<Written<String>>> waiting = new ArrayList<>();
            Future<Written<String>> first;
            try (Connection blocker = blocked()) {
                first = later(writer, A, "first");
                await().until(this::waiting);
                waiting.add(later(writer, A, "a"));
                waiting.add(later(writer, A, "b"));
                await().until(() -> writer.queued() == 2);
                assertThat(writer.write(A, 1, "own")).isEqualTo(new Written.OrganizationFull<>());
                waiting.add(later(writer, B, "c"));
                await().until(() -> writer.queued() == 3);
                assertThat(writer.write(C, 1, "all")).isEqualTo(new Written.Overloaded<>());
                for (Future<Written<String>> one : waiting) {
                    assertThat(one.get()).isEqualTo(new Written.Overloaded<>());
                }
                blocker.rollback();
            }
            assertThat(first.get()).as("who was taken is waited for").isEqualTo(new Written.Done<>("FIRST"));
            assertThat(writer.write(C, 1, "next")).isEqualTo(new Written.Done<>("NEXT"));
        }
        assertThat(words()).containsExactly("first", "next");
    }

    @Test
    void closingWritesWhatWaitsAndTakesNoMore() throws Exception {
        GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG));
        List<Future<Written<String>>> all = together(writer, rows(A, "a", "b"));
        writer.close();
        for (Future<Written<String>> one : all) {
            assertThat(one.get()).isInstanceOf(Written.Done.class);
        }
        assertThat(writer.write(A, 1, "late")).isEqualTo(new Written.Overloaded<>());
    }
}
