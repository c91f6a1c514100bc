package dev.parley.server.platform.logging;

import ch.qos.logback.classic.LoggerContext;
import dev.parley.server.platform.settings.LogFormat;
import dev.parley.server.platform.settings.LogLevel;
import dev.parley.server.platform.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Everything that is written to standard output and standard error, with logging as talkative as it can be set. Each line is
 * logged in all formats.
 */
public final class CapturedLog implements AutoCloseable {

    private static final String NODE = "node-1";
    private static final String JSON = "{\"";

    private final PrintStream formerOut = System.out;
    private final PrintStream formerErr = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    /** Sets logging up anew, for the whole process, until this is closed. */
    public CapturedLog() {
        PrintStream capture = new PrintStream(captured, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        Logging.configure(settings(LogFormat.TEXT), NODE);
        Logging.attach((LoggerContext) LoggerFactory.getILoggerFactory(), settings(LogFormat.JSON), NODE);
    }

    /** What was logged as text, and what did not come from logging. */
    public String text() {
        return lines(line -> !line.startsWith(JSON));
    }

    /** What was logged as JSON. */
    public String json() {
        return lines(line -> line.startsWith(JSON));
    }

    private String lines(Predicate<String> wanted) {
        return captured.toString(StandardCharsets.UTF_8).lines().filter(wanted).collect(Collectors.joining("\n"));
    }

    private static Settings.Log settings(LogFormat format) {
        return new Settings.Log(format, LogLevel.DEBUG);
    }

    @Override
    public void close() {
        System.setOut(formerOut);
        System.setErr(formerErr);
        Logging.configure(new Settings.Log(LogFormat.TEXT, LogLevel.WARN), "");
    }
}
