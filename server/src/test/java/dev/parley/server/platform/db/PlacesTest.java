package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Places among the rows that wait, held for rows that somebody else writes. */
@NullUnmarked
class PlacesTest extends WriterCase {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static Places.Held held(GroupWriter<String, String> writer, UUID organization, int rows) {
        Places places = writer.hold(organization, rows);
        assertThat(places).isInstanceOf(Places.Held.class);
        return (Places.Held) places;
    }

    @Test
    void placesThatAreHeldCountAsRowsThatWait() throws Exception {
        try (GroupWriter<String, String> writer = writer(database, limits(10, 2, 3, LONG))) {
            Places.Held own = held(writer, A, 2);
            assertThat(writer.write(A, 1, "own")).isEqualTo(new Written.OrganizationFull<>());
            assertThat(writer.hold(A, 1)).isEqualTo(new Places.OrganizationFull());
            assertThat(writer.write(B, 1, "b")).isEqualTo(new Written.Done<>("B"));
            Places.Held many = held(writer, B, 5);
            assertThat(writer.queued())
                    .as("one place was left, so all were given")
                    .isEqualTo(7);
            assertThat(writer.write(C, 1, "all")).isEqualTo(new Written.Overloaded<>());
            assertThat(writer.hold(C, 1)).isEqualTo(new Places.Full());
            own.giveBack().run();
            assertThat(writer.hold(A, 1)).as("the other one's are still held").isEqualTo(new Places.Full());
            many.giveBack().run();
            assertThat(writer.queued()).isZero();
            assertThat(writer.write(A, 1, "a")).isEqualTo(new Written.Done<>("A"));
        }
        assertThat(words()).containsExactly("a", "b");
    }

    @Test
    void rowsThatWaitCountAgainstPlaces() throws Exception {
        try (GroupWriter<String, String> writer = writer(database, limits(10, 1, 2, LONG))) {
            Future<Written<String>> first;
            Future<Written<String>> second;
            try (Connection blocker = blocked()) {
                first = later(writer, A, "first");
                await().until(this::waiting);
                second = later(writer, A, "second");
                await().until(() -> writer.queued() == 1);
                assertThat(writer.hold(A, 1)).isEqualTo(new Places.OrganizationFull());
                Places.Held other = held(writer, B, 1);
                assertThat(writer.hold(C, 1)).isEqualTo(new Places.Full());
                other.giveBack().run();
                blocker.rollback();
            }
            assertThat(first.get()).isEqualTo(new Written.Done<>("FIRST"));
            assertThat(second.get()).isEqualTo(new Written.Done<>("SECOND"));
            held(writer, A, 1).giveBack().run();
        }
    }

    @Test
    void aClosedWriterHasNone() {
        GroupWriter<String, String> writer = writer(database, limits(10, 10, 10, LONG));
        writer.close();
        assertThat(writer.hold(A, 1)).isEqualTo(new Places.Full());
    }
}
