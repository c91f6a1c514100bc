package dev.parley.server.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.testkit.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private final TestDatabase test = Schema.create();
    private final Database database = Schema.open(test);
    /** What passes by the clock that nobody sets, beyond what really passes. */
    private Duration further = Duration.ZERO;

    private boolean fails;
    private int recalled;
    private final ClockWatch watch =
            new ClockWatch(database, () -> System.nanoTime() + further.toNanos(), List.of(this::recall));

    @AfterEach
    void close() {
        database.close();
        test.close();
    }

    private void recall(Database given) {
        if (fails) {
            throw new IllegalStateException("no");
        }
        recalled++;
    }

    @Test
    void aClockThatGoesOnRecallsNothing() {
        watch.runOneCycle();
        further = Duration.ofHours(-1);
        assertThat(watch.runOneCycle()).as("one that went ahead").isFalse();
        assertThat(watch.runOneCycle()).isFalse();
        assertThat(recalled).isZero();
    }

    @Test
    void oneThatWentBackRecallsOnce() {
        watch.runOneCycle();
        further = Duration.ofHours(1);
        assertThat(watch.runOneCycle()).isTrue();
        assertThat(watch.runOneCycle()).isFalse();
        assertThat(recalled).isEqualTo(1);
    }

    @Test
    void aRecallThatFailsIsMadeByTheNextCycle() {
        watch.runOneCycle();
        further = Duration.ofHours(1);
        fails = true;
        assertThatIllegalStateException().isThrownBy(watch::runOneCycle);
        fails = false;
        assertThat(watch.runOneCycle()).isTrue();
        assertThat(recalled).isEqualTo(1);
    }
}
