package dev.parley.server.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.server.Schema;
import dev.parley.server.events.EventFixture;
import dev.parley.server.platform.db.Database;
import dev.parley.testkit.clock.SteerableClock;
import dev.parley.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RetentionSchedulerTest {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration HOUR = Duration.ofHours(1);

    private final EventFixture data = new EventFixture();
    private final SteerableClock clock = SteerableClock.at(Instant.parse("2026-11-22T10:00:00Z"));
    private final long begun = System.nanoTime();
    // The library's pauses end by this clock: one that stood still would end none that began after it was moved.
    private final InstantSource ticking = () -> clock.instant().plusNanos(System.nanoTime() - begun);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void runsAJobAtOnceAndAgainAfterItsInterval() {
        try (RetentionScheduler scheduler = start(data.database, Job.every("count", HOUR, runs::incrementAndGet))) {
            await().until(() -> runs.get() == 1 && due().equals("2026-11-22 11:00"));
            clock.advance(HOUR.plusSeconds(1));
            await().until(() -> runs.get() == 2 && due().equals("2026-11-22 12:00"));
        }
    }

    @Test
    void runsADailyJobAtItsTime() {
        try (RetentionScheduler scheduler =
                start(data.database, Job.dailyAt("daily", LocalTime.of(3, 30), runs::incrementAndGet))) {
            await().until(() -> due().equals("2026-11-23 03:30"));
            assertThat(runs).hasValue(0);
            clock.set(Instant.parse("2026-11-23T03:30:01Z"));
            await().until(() -> runs.get() == 1 && due().equals("2026-11-24 03:30"));
        }
    }

    @Test
    void oneOfTwoNodesRunsItEachTime() {
        Job job = Job.every("count", HOUR, runs::incrementAndGet);
        try (Database other = Schema.open(data.test);
                RetentionScheduler one = start(data.database, job);
                RetentionScheduler two = start(other, job)) {
            for (int hour = 1; hour <= 8; hour++) {
                int expected = hour;
                String next = "2026-11-22 %02d:00".formatted(10 + hour);
                await().until(() -> due().equals(next));
                assertThat(runs).hasValue(expected);
                clock.advance(HOUR);
            }
        }
    }

    @Test
    void repeatsAJobThatFailedAndLogsNoText() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try (RetentionScheduler scheduler = start(data.database, Job.every("fails", HOUR, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("+4915112345678");
            }
            return null;
        }))) {
            await().until(() -> due().equals("2026-11-22 10:05"));
            clock.advance(Duration.ofMinutes(5));
            await().until(() -> runs.get() == 2 && due().equals("2026-11-22 11:05"));
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("Job fails failed and will be repeated: java.lang.IllegalStateException");
        assertThat(log.list)
                .noneMatch(line -> (line.getFormattedMessage() + line.getThrowableProxy()).contains("4915"));
    }

    @Test
    void startsDuringAnOutageAndGoesOnAfterAnother() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource real = () -> Instant.now().plus(ahead.get());
        Job job = Job.every("count", HOUR, runs::incrementAndGet);
        connections(false);
        try (RetentionScheduler scheduler = RetentionScheduler.start(data.database, List.of(job), real, POLL)) {
            connections(true);
            await().until(() -> runs.get() == 1 && !due().isEmpty());
            connections(false);
            ahead.set(HOUR.plusMinutes(1));
            connections(true);
            await().until(() -> runs.get() == 2);
        }
    }

    @Test
    void refusesNamesAndIntervalsThatMakeNoSense() {
        assertThatThrownBy(() -> Job.every("No Name", HOUR, () -> null)).hasMessageContaining("name");
        assertThatThrownBy(() -> Job.every("quick", Duration.ofMillis(999), () -> null))
                .hasMessageContaining("interval");
        assertThatThrownBy(() -> new RetentionSettings(HOUR, Duration.ZERO, HOUR, HOUR, HOUR))
                .hasMessageContaining("retention.idempotency");
    }

    private RetentionScheduler start(Database database, Job job) {
        return RetentionScheduler.start(database, List.of(job), ticking, POLL);
    }

    /** In which minute the job is due, once it is not under way. */
    private String due() {
        return String.join(
                ",",
                data.query("select to_char(execution_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI')"
                        + " from scheduled_tasks where not picked"));
    }

    private void connections(boolean allowed) throws Exception {
        try (Connection admin = DriverManager.getConnection(
                        TestPostgres.server().jdbcUrl(), data.test.username(), data.test.password());
                Statement statement = admin.createStatement()) {
            statement.execute("alter database " + data.test.name() + " with allow_connections " + allowed);
            if (!allowed) {
                statement.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '"
                        + data.test.name() + "'");
            }
        }
    }
}
