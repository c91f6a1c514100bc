package dev.parley.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.events.EventFixture.Seen;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private final EventFixture events = new EventFixture();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void keepsTheOrderInWhichEventsAreGiven() {
        List<Event> given = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            given.add(events.event(UUID.randomUUID(), i));
        }
        events.database.transact(connection -> {
            EventLog.append(connection, given);
            return 0;
        });

        assertThat(events.all())
                .extracting(Seen::resource)
                .containsExactlyElementsOf(given.stream().map(Event::resourceId).toList());
    }

    @Test
    void storesEveryMember() {
        UUID resource = UUID.randomUUID();
        UUID thread = UUID.randomUUID();
        Instant at = Instant.parse("2026-11-22T10:00:00.123456Z");
        List<Event> given = List.of(
                new Event(events.organization, Event.Kind.CREATE, "messages", resource, thread, List.of(), "{}", at),
                new Event(
                        events.organization,
                        Event.Kind.UPDATE,
                        "messages",
                        resource,
                        thread,
                        List.of("deliveryStatus", "errorMessages"),
                        "{\"attributes\": {}}",
                        at),
                new Event(events.organization, Event.Kind.DELETE, "messages", resource, null, List.of(), null, at));
        events.database.transact(connection -> {
            EventLog.append(connection, given);
            return 0;
        });

        assertThat(events.query("""
                select concat_ws(' ', event, resource_type, thread_id = '%s', array_length(fields, 1), fields[2], state,
                                 created_at = '2026-11-22T10:00:00.123456Z', resource_id = '%s')
                from events order by position
                """.formatted(thread, resource)))
                .containsExactly(
                        "create messages t {} t t",
                        "update messages t 2 errorMessages {\"attributes\": {}} t t",
                        "delete messages t t");
        assertThat(events.query("select count(*) from events where fields is null and state is null"))
                .containsExactly("1");
    }

    @Test
    void anAbortedTransactionLeavesNothing() throws SQLException {
        try (var connection = events.begin()) {
            events.change(connection, UUID.randomUUID(), 1);
            connection.rollback();
        }

        assertThat(events.all()).isEmpty();
    }

    @Test
    void aLaterChangeOfAResourceHasAHigherPosition() throws Exception {
        UUID resource = UUID.randomUUID();
        events.run(
                "insert into candidate_statuses (organization_id, id, name, position, version, created_at, updated_at)"
                        + " values ('" + events.organization + "', '" + resource + "', 'new', 1, 0, now(), now())");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        raise(resource);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        List<Seen> seen = events.all();
        assertThat(seen).hasSize(400);
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i).state()).isEqualTo(String.valueOf(i + 1));
        }
    }

    private void raise(UUID resource) {
        events.database.transact(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "update candidate_statuses set version = version + 1 where id = ? returning version")) {
                statement.setObject(1, resource);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    EventLog.append(connection, events.event(resource, row.getInt(1)));
                }
            }
            return 0;
        });
    }
}
