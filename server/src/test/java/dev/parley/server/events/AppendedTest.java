package dev.parley.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.GroupWriter;
import dev.parley.server.platform.db.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever appends events wakes the readers of the log, once what they are to read is committed. */
class AppendedTest {

    private final EventFixture events = new EventFixture();
    private final Appended appended = new Appended();
    /** How many events were committed at each wake-up. */
    private final List<Integer> wakeUps = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void listen() {
        appended.wakes(() -> wakeUps.add(events.all().size()));
        events.database.afterCommit(EventLog.APPENDED, appended::signal);
    }

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void aTransactionThatAppendsWakesThemOnceAfterItsCommit() {
        events.database.transact(connection -> {
            events.change(connection, UUID.randomUUID(), 1);
            events.change(connection, UUID.randomUUID(), 2);
            return 0;
        });
        assertThat(wakeUps).containsExactly(2);
    }

    @Test
    void soDoesOneOfAHandleAndASingleStatement() {
        events.database.write(handle -> append(handle.getConnection(), 1));
        events.database.read(handle -> append(handle.getConnection(), 2));
        events.database.call(connection -> append(connection, 3));
        assertThat(wakeUps).containsExactly(1, 2, 3);
    }

    @Test
    void aGroupWakesThemThatBindsTheEventsToItsOwnStatement() {
        try (GroupWriter<Integer, Integer> writer = new GroupWriter<>(
                "test-writer",
                events.database,
                new GroupLimits(10, 1000, 10, 10, Duration.ofSeconds(5)),
                number -> List.of(),
                this::group)) {
            assertThat(writer.write(events.organization, 1, 7)).isInstanceOf(Written.Done.class);
        }
        assertThat(wakeUps).containsExactly(1);
    }

    @Test
    void oneThatIsRolledBackOrAppendsNothingDoesNot() {
        assertThatThrownBy(() -> events.database.transact(connection -> {
                    events.change(connection, UUID.randomUUID(), 1);
                    throw new IllegalStateException("changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);
        events.run("select 1");
        events.database.transact(connection -> {
            EventLog.append(connection, List.of());
            return 0;
        });
        assertThat(wakeUps).isEmpty();
    }

    @Test
    void theNextTransactionOnTheConnectionIsNotTakenForTheOneThatAppended() {
        try (Database narrow = Schema.open(events.test)) {
            List<String> heard = new ArrayList<>();
            narrow.afterCommit(EventLog.APPENDED, () -> heard.add("appended"));
            narrow.transact(connection -> append(connection, 1));
            narrow.transact(connection -> 0);
            assertThat(heard).hasSize(1);
            assertThat(wakeUps).as("each database has its own listeners").isEmpty();
        }
    }

    private int append(Connection connection, int number) {
        try {
            EventLog.append(connection, events.event(UUID.randomUUID(), number));
            return number;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Group<Integer> group(Connection connection, List<Integer> numbers) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EventLog.APPEND)) {
            List<Event> made = numbers.stream()
                    .map(number -> events.event(UUID.randomUUID(), number))
                    .toList();
            EventLog.bind(new Arrays(statement), made);
            statement.executeUpdate();
            return new Group<>(null, numbers);
        }
    }
}
