package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.postgres.TrafficCounter;
import dev.parley.testkit.postgres.TrafficCounter.Traffic;
import java.sql.Connection;
import java.sql.SQLException;
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

    @Test
    void takesTwoRoundTripsForOneMessageAndForFifty() throws SQLException {
        try (TrafficCounter counter = db.counter();
                Connection counted = counter.counted().connect()) {
            counted.setAutoCommit(false);
            List<UUID> threads = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                threads.add(db.webThread(A));
            }
            traffic(counted, counter, threads.subList(0, 1));
            assertThat(traffic(counted, counter, threads.subList(0, 1)))
                    .as("one message")
                    .isEqualTo(GROUP);
            assertThat(traffic(counted, counter, threads)).as("fifty").isEqualTo(GROUP);
            assertThat(db.rows("select 1 from messages")).hasSize(52);
        }
    }

    private Traffic traffic(Connection counted, TrafficCounter counter, List<UUID> threads) throws SQLException {
        List<SubmitCommand> commands = threads.stream()
                .map(thread -> Commands.text(A, thread, "Hello"))
                .toList();
        Traffic before = counter.counts();
        List<Submitted> submitted =
                ended(counted, statement.run(counted, commands)).outcomes();
        assertThat(submitted).hasSize(threads.size()).allMatch(Submitted.Accepted.class::isInstance);
        return counter.counts().since(before);
    }
}
