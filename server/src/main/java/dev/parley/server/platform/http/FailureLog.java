package dev.parley.server.platform.http;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what went wrong by kind and place; messages are left out, as they may hold what somebody wrote. */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final int FRAMES = 12;
    private static final int CAUSES = 5;

    void unexpected(String requestId, Throwable thrown) {
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
