package dev.parley.testkit.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SteerableClockTest {

    @Test
    void standsStillUntilMoved() {
        SteerableClock clock = SteerableClock.fixed();
        assertThat(clock.instant()).isEqualTo(SteerableClock.BEGIN).isEqualTo(clock.instant());
        assertThat(clock.advance(Duration.ofHours(24)))
                .isEqualTo(SteerableClock.BEGIN.plusSeconds(86_400))
                .isEqualTo(clock.instant());
        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void realNowIsWhatPostgresCanKeep() {
        SteerableClock clock = SteerableClock.realNow();
        assertThat(clock.instant()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(clock.instant()).isEqualTo(clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void losesNoStepOfSeveralThreads() {
        SteerableClock clock = SteerableClock.at(Instant.EPOCH);
        CountDownLatch ready = new CountDownLatch(8);
        try (var executor = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                executor.execute(() -> {
                    ready.countDown();
                    for (int j = 0; j < 10_000; j++) {
                        clock.advance(Duration.ofMillis(1));
                    }
                });
            }
        }
        assertThat(ready.getCount()).isZero();
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(80));
    }
}
