package dev.parley.server.platform.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RepeaterTest {

    private static final Duration PACE = Duration.ofMillis(700);

    /** How late a cycle may note that it has begun; without a pace the next one would begin at once. */
    private static final Duration LATE = Duration.ofMillis(200);

    private final List<Long> begun = new CopyOnWriteArrayList<>();

    @Test
    void noCycleBeginsSoonerThanThePaceAfterTheOneBefore() {
        try (Repeater repeater = Repeater.start("paced", Duration.ofMinutes(10), PACE, this::cycle)) {
            await().until(() -> {
                repeater.signal();
                return begun.size() >= 3;
            });
        }
        for (int i = 1; i < 3; i++) {
            assertThat(begun.get(i) - begun.get(i - 1))
                    .isGreaterThanOrEqualTo(PACE.minus(LATE).toNanos());
        }
    }

    @Test
    void anErrorEndsItsCycleAlone() {
        try (Repeater repeater = Repeater.start("unlucky", Duration.ofMinutes(10), () -> {
            cycle();
            throw new StackOverflowError();
        })) {
            await().until(() -> {
                repeater.signal();
                return begun.size() >= 3;
            });
        }
    }

    private int cycle() {
        begun.add(System.nanoTime());
        return 0;
    }
}
