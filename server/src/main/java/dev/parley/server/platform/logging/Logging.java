package dev.parley.server.platform.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.parley.server.platform.settings.LogFormat;
import dev.parley.server.platform.settings.LogLevel;
import dev.parley.server.platform.settings.Settings;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets up logging, in code. Lines always go to standard error, so that standard output belongs to the commands. What other
 * people's libraries log is cut down to the fixed part of their texts, see {@link LogLine}.
 */
public final class Logging {

    /** Key under which the request's id stands in the MDC. */
    public static final String REQUEST_ID = "requestId";

    private Logging() {}

    /**
     * Applies the settings; may be called again.
     *
     * @param node the node's name, on every line; empty while it has none
     */
    public static void configure(Settings.Log settings, String node) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            context.reset();
            attach(context, settings, node);
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    static void attach(LoggerContext context, Settings.Log settings, String node) {
        Encoder<ILoggingEvent> encoder =
                settings.format() == LogFormat.JSON ? new JsonLineEncoder(node) : new TextLineEncoder(node);
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(othersLevel(settings.level()));
        root.addAppender(appender);
        context.getLogger(LogLine.OWN).setLevel(level(settings.level()));
    }

    /**
     * Libraries speak of their own insides at INFO already, and below it some write what they handle into the fixed text itself:
     * an HTTP client its request's headers, the token among them. So they never get further than WARN.
     */
    private static Level othersLevel(LogLevel level) {
        return level == LogLevel.ERROR ? Level.ERROR : Level.WARN;
    }

    private static Level level(LogLevel level) {
        return Level.toLevel(level.name());
    }
}
