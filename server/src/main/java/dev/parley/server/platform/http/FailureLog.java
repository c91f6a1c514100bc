package dev.parley.server.platform.http;

import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.db.SqlFailure;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what went wrong by kind and place; messages are left out, as they may hold what somebody wrote. */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final int FRAMES = 12;
    private static final int CAUSES = 5;

    void unexpected(String requestId, Throwable thrown) {
        // Every request meets it then; one line each, without frames, is enough.
        if (thrown instanceof DatabaseException database && database.failure() == SqlFailure.UNREACHABLE) {
            LOG.warn("request {} failed: the database cannot be reached", requestId);
            return;
        }
        LOG.error("request {} failed: {}", requestId, describe(thrown));
    }

    static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable at = thrown;
        for (int i = 0; at != null && i < CAUSES; i++) {
            text.append(i == 0 ? "" : "\ncaused by ").append(at.getClass().getName());
            if (at instanceof SQLException sql) {
                text.append(" [").append(sql.getSQLState()).append(']');
            }
            StackTraceElement[] frames = at.getStackTrace();
            for (int f = 0; f < Math.min(FRAMES, frames.length); f++) {
                text.append("\n\tat ").append(frames[f]);
            }
            at = at.getCause();
        }
        return text.toString();
    }
}
