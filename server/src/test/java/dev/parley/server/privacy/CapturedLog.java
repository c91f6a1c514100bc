package dev.parley.server.privacy;

import dev.parley.server.platform.logging.Logging;
import dev.parley.server.platform.settings.LogFormat;
import dev.parley.server.platform.settings.LogLevel;
import dev.parley.server.platform.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Everything that is written to standard output and standard error, with logging as talkative as it can be set. */
final class CapturedLog implements AutoCloseable {

    private final PrintStream formerOut = System.out;
    private final PrintStream formerErr = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    CapturedLog(LogFormat format) {
        PrintStream capture = new PrintStream(captured, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        Logging.configure(new Settings.Log(format, LogLevel.DEBUG), "node-1");
    }

    String text() {
        return captured.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(formerOut);
        System.setErr(formerErr);
        Logging.configure(new Settings.Log(LogFormat.TEXT, LogLevel.WARN), "");
    }
}
