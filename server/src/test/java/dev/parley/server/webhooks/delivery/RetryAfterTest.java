package dev.parley.server.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    @Test
    void readsSecondsAndDatesUpToADay() {
        assertThat(RetryAfter.read("120", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.read("Sat, 28 Nov 2026 10:05:00 GMT", NOW)).isEqualTo(Duration.ofMinutes(5));
        assertThat(RetryAfter.read("999999999", NOW)).isEqualTo(Duration.ofHours(24));
        assertThat(RetryAfter.read("Mon, 28 Dec 2026 10:05:00 GMT", NOW)).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "soon", "1.5", "99999999999999999999", "Sat, 28 Nov 2026 09:00:00 GMT"})
    void takesNothingElseForATime(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
        assertThat(RetryAfter.read(null, NOW)).isNull();
    }

    @Test
    void aPauseIsThatOfTheScheduleOrALongerOneThatWasAskedFor() {
        RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofHours(1)), new Random(1));

        for (int i = 0; i < 100; i++) {
            assertThat(schedule.after(0, null)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
            assertThat(schedule.after(1, Duration.ofSeconds(1))).isGreaterThan(Duration.ofMinutes(50));
        }
        assertThat(schedule.after(0, Duration.ofMinutes(7))).isEqualTo(Duration.ofMinutes(7));
        assertThat(schedule.after(2, Duration.ofMinutes(7))).isNull();
    }
}
