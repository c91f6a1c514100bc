package dev.parley.server.platform.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is logged of an event. Our own classes pass no value that must not be seen. Others do (a request's query, a value
 * from a database error), so of their lines only the fixed text is kept, with {@code {}} where values were.
 *
 * @param fields key-values of the line and of its context (MDC)
 */
record LogLine(String time, String level, String logger, String message, Map<String, Object> fields) {

    /** The logger above all of ours. */
    static final String OWN = "dev.parley";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static LogLine of(ILoggingEvent event, String node) {
        boolean own = event.getLoggerName().startsWith(OWN + ".");
        String message = own ? event.getFormattedMessage() : event.getMessage();
        return new LogLine(
                TIME.format(Instant.ofEpochMilli(event.getTimeStamp())),
                event.getLevel().toString(),
                event.getLoggerName(),
                message == null ? "" : message,
                fields(event, own, node));
    }

    private static Map<String, Object> fields(ILoggingEvent event, boolean own, String node) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (own && event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
            event.getKeyValuePairs().stream()
                    .filter(pair -> pair.value instanceof Number || pair.value instanceof Boolean)
                    .forEach(pair -> fields.put(pair.key, pair.value));
        }
        String requestId = event.getMDCPropertyMap().get(Logging.REQUEST_ID);
        if (requestId != null) {
            fields.put(Logging.REQUEST_ID, requestId);
        }
        if (!node.isEmpty()) {
            fields.put("node", node);
        }
        return fields;
    }
}
