package dev.parley.server.platform.logging;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The message of an exception where it cannot hold a value: thrown by our own code, or of a type that speaks of
 * connections, files or code. Of a database error, whose message quotes rows, only the SQLSTATE is told.
 */
public final class SafeMessage {

    private static final Set<String> TELLING = Set.of(
            "java.lang.NullPointerException",
            "java.lang.OutOfMemoryError",
            "java.lang.StackOverflowError",
            "java.net.BindException",
            "java.net.ConnectException",
            "java.net.NoRouteToHostException",
            "java.net.SocketException",
            "java.net.SocketTimeoutException",
            "java.net.UnknownHostException",
            "java.util.concurrent.TimeoutException");

    private SafeMessage() {}

    /** The message, or null when there is none that may be shown. */
    public static @Nullable String of(Throwable thrown) {
        if (thrown instanceof SQLException sql) {
            return "SQLSTATE " + sql.getSQLState();
        }
        return telling(thrown) ? thrown.getMessage() : null;
    }

    private static boolean telling(Throwable thrown) {
        String name = thrown.getClass().getName();
        if (TELLING.contains(name) || name.startsWith("java.nio.file.") || name.startsWith(LogLine.OWN + ".")) {
            return true;
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith(LogLine.OWN + ".");
    }
}
