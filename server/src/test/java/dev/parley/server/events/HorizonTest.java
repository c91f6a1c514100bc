package dev.parley.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.events.EventFixture.Seen;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link HighestIdHorizonTest} holds what only shows on a server without other transactions. */
class HorizonTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final EventFixture events = new EventFixture();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void isZeroBeforeTheFirstEventAndTheLastPositionAtRest() throws Exception {
        assertThat(Horizon.find(events.database, LONG)).isZero();
        events.append(UUID.randomUUID(), 1);
        events.append(UUID.randomUUID(), 2);

        assertThat(Horizon.find(events.database, LONG)).isEqualTo(2);
    }

    @Test
    void waitsForATransactionThatHoldsALowerPositionThanCommittedOnes() throws Exception {
        UUID early = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        try (Connection open = events.begin()) {
            events.change(open, early, 1);
            events.append(late, 2);

            assertThat(events.all()).extracting(Seen::resource).containsExactly(late);
            assertThat(Horizon.find(events.database, SHORT)).isEqualTo(-1);
            open.commit();
        }

        long horizon = Horizon.find(events.database, LONG);
        assertThat(events.read(0, horizon)).extracting(Seen::resource).containsExactly(early, late);
    }

    @Test
    void comesAsSoonAsTheTransactionInTheWayEnds() throws Exception {
        try (Connection open = events.begin()) {
            events.change(open, UUID.randomUUID(), 1);
            CompletableFuture<Long> horizon = CompletableFuture.supplyAsync(() -> find(LONG));
            await().until(() -> !events.query("select 1 from pg_stat_activity where query like '%pg_snapshot_xmin(%'"
                            + " and pid <> pg_backend_pid() and datname = current_database()")
                    .isEmpty());
            assertThat(horizon).isNotDone();
            open.rollback();

            assertThat(horizon.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void isNotHeldUpByReaders() throws Exception {
        events.append(UUID.randomUUID(), 1);
        try (Connection reader = events.begin();
                Statement statement = reader.createStatement()) {
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("select * from events");

            assertThat(Horizon.find(events.database, LONG)).isEqualTo(1);
        }
    }

    /** Transactions open, append, commit and roll back in any order; the reader steps in between. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aReaderThatStopsThereSkipsNothingAndSeesNothingTwice(long seed) throws Exception {
        Random random = new Random(seed);
        List<Connection> open = new ArrayList<>();
        List<List<UUID>> drawn = new ArrayList<>();
        List<UUID> committed = new ArrayList<>();
        List<UUID> read = new ArrayList<>();
        long cursor = 0;
        for (int step = 0; step < 250; step++) {
            int pick = open.isEmpty() ? 0 : random.nextInt(open.size());
            switch (open.isEmpty() ? 0 : random.nextInt(6)) {
                case 0 -> {
                    if (open.size() < 4) {
                        open.add(events.begin());
                        drawn.add(new ArrayList<>());
                    }
                }
                case 1, 2 -> {
                    UUID resource = UUID.randomUUID();
                    events.change(open.get(pick), resource, step);
                    drawn.get(pick).add(resource);
                }
                case 3, 4 -> {
                    try (Connection ends = open.remove(pick)) {
                        List<UUID> appended = drawn.remove(pick);
                        if (random.nextInt(4) == 0) {
                            ends.rollback();
                        } else {
                            ends.commit();
                            committed.addAll(appended);
                        }
                    }
                }
                default -> cursor = readOn(cursor, read, Duration.ZERO);
            }
        }
        for (Connection left : open) {
            left.close();
        }
        readOn(cursor, read, LONG);

        assertThat(committed).hasSizeGreaterThan(20);
        assertThat(read).containsExactlyInAnyOrderElementsOf(committed);
    }

    private long readOn(long cursor, List<UUID> read, Duration patience) {
        long horizon = find(patience);
        if (horizon < 0) {
            return cursor;
        }
        assertThat(horizon).isGreaterThanOrEqualTo(cursor);
        events.read(cursor, horizon).forEach(seen -> read.add(seen.resource()));
        return horizon;
    }

    private long find(Duration patience) {
        try {
            return Horizon.find(events.database, patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
