package dev.parley.server.retention;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import dev.parley.server.platform.db.DatabaseException;
import java.time.Duration;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Job} in the terms of the scheduling library. */
final class JobTask {

    private static final Logger LOG = LoggerFactory.getLogger(JobTask.class);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private JobTask() {}

    static RecurringTask<Void> of(Job job) {
        return Tasks.recurring(job.name(), schedule(job.timing()))
                .onFailure(new FailureHandler.OnFailureRetryLater<>(retry(job.timing())))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(job));
    }

    private static Schedule schedule(Job.Timing timing) {
        return switch (timing) {
            case Job.Every every -> Schedules.fixedDelay(every.interval());
            case Job.DailyAt daily -> Schedules.daily(ZoneOffset.UTC, daily.time());
        };
    }

    /** A daily job that failed is not put off for a day. */
    private static Duration retry(Job.Timing timing) {
        return switch (timing) {
            case Job.Every every -> every.interval().compareTo(LONGEST_RETRY) < 0 ? every.interval() : LONGEST_RETRY;
            case Job.DailyAt daily -> LONGEST_RETRY;
        };
    }

    private static void run(Job job) {
        try {
            job.work().call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailedException(job.name());
        } catch (Exception e) {
            LOG.warn("Job {} failed and will be repeated: {}", job.name(), reason(e));
            throw new JobFailedException(job.name());
        }
    }

    /** Texts of other errors than our own may hold values. */
    private static String reason(Exception e) {
        return e instanceof DatabaseException known
                ? String.valueOf(known.getMessage())
                : e.getClass().getName();
    }

    /** Tells the library to repeat, and no more than that. */
    private static final class JobFailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        JobFailedException(String name) {
            super("job " + name + " failed");
        }
    }
}
