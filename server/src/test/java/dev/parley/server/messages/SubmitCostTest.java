package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.postgres.TrafficCounter;
import dev.parley.testkit.postgres.TrafficCounter.Traffic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * What accepting a group of messages asks of the database, which is the same whatever the size of the group. A change that
 * raises these numbers makes every message dearer: see docs/performance.md before raising them here.
 */
@NullUnmarked
class SubmitCostTest extends SubmitCase {

    private static final Traffic GROUP = new Traffic(2, 7);

    /** The insert of the attempts is sent along with what is written anyway. */
    private static final Traffic CLAIMING_GROUP = new Traffic(2, 8);

    @Test
    void takesTwoRoundTripsForOneMessageAndForFifty() throws SQLException {
        takes(GROUP, statement);
        assertThat(db.rows("select 1 from attempts")).isEmpty();
    }

    @Test
    void takesNoMoreRoundTripsWhereTheyAreClaimed() throws SQLException {
        takes(CLAIMING_GROUP, new SubmitStatement(MessagesDatabase.RULES, Duration.ofHours(24), new ClaimAll()));
        assertThat(db.rows("select 1 from attempts")).hasSize(52);
    }

    private void takes(Traffic group, SubmitStatement accepting) throws SQLException {
        try (TrafficCounter counter = db.counter();
                Connection counted = counter.counted().connect()) {
            counted.setAutoCommit(false);
            List<UUID> threads = new ArrayList<>();
            for (int i = 0; i < 52; i++) {
                threads.add(db.webThread(A));
            }
            traffic(accepting, counted, counter, threads.subList(50, 51));
            assertThat(traffic(accepting, counted, counter, threads.subList(51, 52)))
                    .as("one message")
                    .isEqualTo(group);
            assertThat(traffic(accepting, counted, counter, threads.subList(0, 50)))
                    .as("fifty")
                    .isEqualTo(group);
            assertThat(db.rows("select 1 from messages")).hasSize(52);
        }
    }

    private Traffic traffic(SubmitStatement accepting, Connection counted, TrafficCounter counter, List<UUID> threads)
            throws SQLException {
        List<SubmitCommand> commands = threads.stream()
                .map(thread -> Commands.text(A, thread, "Hello"))
                .toList();
        Traffic before = counter.counts();
        List<Submitted> submitted =
                ended(counted, accepting.run(counted, commands)).outcomes();
        assertThat(submitted).hasSize(threads.size()).allMatch(Submitted.Accepted.class::isInstance);
        return counter.counts().since(before);
    }
}
