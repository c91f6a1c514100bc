package dev.parley.server.platform.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception as it may be logged: classes and stack frames of the whole chain, messages as {@link SafeMessage} has it. */
final class SafeThrowable {

    private static final int MAX_FRAMES = 40;
    private static final int MAX_CAUSES = 8;

    private SafeThrowable() {}

    /** One line per exception and frame; empty when there is none. */
    static List<String> lines(@Nullable IThrowableProxy thrown) {
        List<String> lines = new ArrayList<>();
        IThrowableProxy current = thrown;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            lines.add((depth == 0 ? "" : "Caused by: ") + current.getClassName() + message(current));
            addFrames(lines, current);
            current = current.getCause();
        }
        return lines;
    }

    private static void addFrames(List<String> lines, IThrowableProxy thrown) {
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int shown = Math.min(MAX_FRAMES, frames.length - thrown.getCommonFrames());
        for (int i = 0; i < shown; i++) {
            lines.add("    " + frames[i].getSTEAsString());
        }
    }

    private static String message(IThrowableProxy thrown) {
        String message = thrown instanceof ThrowableProxy proxy ? SafeMessage.of(proxy.getThrowable()) : null;
        return message == null ? "" : ": " + message;
    }
}
