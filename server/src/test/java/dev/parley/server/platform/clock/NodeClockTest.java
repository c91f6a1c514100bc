package dev.parley.server.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.testkit.postgres.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeClockTest {

    private final TestDatabase test = Schema.create();
    private final Database database = Schema.open(test);
    private Duration wrong = Duration.ZERO;
    private final NodeClock clock = new NodeClock(() -> Instant.now().plus(wrong));

    @AfterEach
    void close() {
        database.close();
        test.close();
    }

    @Test
    void aMachineThatIsRightIsBelieved() {
        clock.compare(database);
        assertThat(clock.correction()).isZero();
    }

    @Test
    void oneThatIsWrongIsCorrectedAndBelievedAgainOnceItIsRight() {
        wrong = Duration.ofHours(1);
        clock.compare(database);
        assertThat(clock.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));

        wrong = Duration.ZERO;
        clock.compare(database);
        assertThat(clock.correction()).isZero();
    }
}
