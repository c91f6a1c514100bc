package dev.parley.server.retention;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs timed jobs. All nodes share one schedule in the database, and each time one of them runs a job. Does not need the
 * database to start, and goes on after an outage. A node that is gone is noticed after a minute.
 */
public final class RetentionScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionScheduler.class);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int THREADS = 2;

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final Thread registration;
    private final CountDownLatch closed;

    private RetentionScheduler(Scheduler scheduler, Thread registration, CountDownLatch closed) {
        this.scheduler = scheduler;
        this.registration = registration;
        this.closed = closed;
    }

    /** Starts with the machine's clock. Close it before the database. */
    public static RetentionScheduler start(Database database, List<Job> jobs) {
        return start(database, jobs, InstantSource.system(), POLL);
    }

    /**
     * Starts.
     *
     * @param clock what due times are compared with
     * @param poll how often the schedule is looked at
     */
    static RetentionScheduler start(Database database, List<Job> jobs, InstantSource clock, Duration poll) {
        List<RecurringTask<Void>> tasks = jobs.stream().map(JobTask::of).toList();
        Scheduler scheduler = Scheduler.create(database.dataSource(), new ArrayList<Task<?>>(tasks))
                .tableName("scheduled_tasks")
                // Said here, for else the library asks the database, which may be away.
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
                .schedulerName(new SchedulerName.Fixed("parley"))
                .clock(clock::instant)
                .threads(THREADS)
                .pollingInterval(poll)
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(PATIENCE)
                // JobTask logs failures itself, without texts that may hold values.
                .failureLogging(LogLevel.OFF, false)
                .build();
        scheduler.start();
        CountDownLatch closed = new CountDownLatch(1);
        Thread registration = Thread.ofVirtual()
                .name("schedule-jobs")
                .start(() -> register(scheduler, tasks, clock::instant, closed));
        return new RetentionScheduler(scheduler, registration, closed);
    }

    /** Lets jobs under way finish for ten seconds, interrupts what is left, and ends. */
    @Override
    public void close() {
        closed.countDown();
        try {
            // Not interrupted: that would break a connection in use.
            registration.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        scheduler.stop();
    }

    /** Puts the jobs into the schedule as soon as the database can be reached: the library itself tries only once. */
    private static void register(
            Scheduler scheduler, List<RecurringTask<Void>> tasks, Clock clock, CountDownLatch closed) {
        try {
            do {
                try {
                    tasks.forEach(task -> task.onStartup(scheduler, clock));
                    scheduler.triggerCheckForDueExecutions();
                    return;
                } catch (RuntimeException e) {
                    LOG.warn(
                            "Timed jobs are not scheduled yet: {}", e.getClass().getSimpleName());
                }
            } while (!closed.await(RETRY.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
