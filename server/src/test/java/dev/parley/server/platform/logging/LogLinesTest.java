package dev.parley.server.platform.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMDCAdapter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {

    private final LoggerContext context = context();
    private final JsonLineEncoder json = new JsonLineEncoder("node-1");
    private final TextLineEncoder text = new TextLineEncoder("");

    @Test
    void jsonIsOneObjectPerLineWithEverythingInIt() {
        LoggingEvent event = event("dev.parley.server.x.Y", "claimed {} threads", null, 3);
        event.addKeyValuePair(new KeyValuePair("threads", 3));
        event.addKeyValuePair(new KeyValuePair("message", "must not win"));
        event.setMDCPropertyMap(Map.of("requestId", "r-1", "other", "left out"));
        String line = new String(json.encode(event), UTF_8);
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode object = JsonMapper.shared().readTree(line);
        assertThat(object.get("time").asString()).isEqualTo("2023-11-14T22:13:20.123Z");
        assertThat(object.get("level").asString()).isEqualTo("WARN");
        assertThat(object.get("logger").asString()).isEqualTo("dev.parley.server.x.Y");
        assertThat(object.get("message").asString()).isEqualTo("claimed 3 threads");
        assertThat(object.get("threads").asInt()).isEqualTo(3);
        assertThat(object.get("requestId").asString()).isEqualTo("r-1");
        assertThat(object.get("node").asString()).isEqualTo("node-1");
        assertThat(object.propertyNames())
                .containsExactlyInAnyOrder("time", "level", "logger", "message", "threads", "requestId", "node");
    }

    @Test
    void textIsOneLineEvenWhenAValueHasBreaks() {
        LoggingEvent event = event("dev.parley.server.x.Y", "said {}", null, "a\nb");
        event.addKeyValuePair(new KeyValuePair("k", "c\rd"));
        assertThat(new String(text.encode(event), UTF_8))
                .isEqualTo("2023-11-14T22:13:20.123Z WARN  dev.parley.server.x.Y: said a\\nb k=c\\rd\n");
    }

    @Test
    void ofOtherPeoplesLinesTheValuesAreLeftOut() {
        LoggingEvent event = event("org.eclipse.jetty.server.Response", "failed {}", null, "/x?token=hunter22");
        assertThat(new String(json.encode(event), UTF_8)).contains("failed {}").doesNotContain("hunter22");
        assertThat(new String(text.encode(event), UTF_8)).doesNotContain("hunter22");
    }

    @Test
    void ofExceptionsOnlyWhatCannotHoldAValueIsKept() {
        SQLException database = new SQLException("Key (phone)=(31612345678) already exists", "23505");
        Exception foreign = Foreign.failure("Cannot read \"Jansen\"", database);
        Exception own = new IllegalStateException("the batch was halved", foreign);
        String line = new String(json.encode(event("dev.parley.server.x.Y", "failed", own)), UTF_8);
        assertThat(line)
                .contains("java.lang.IllegalStateException: the batch was halved")
                .contains("Caused by: java.lang.IllegalArgumentException\"")
                .contains("Caused by: java.sql.SQLException: SQLSTATE 23505")
                .contains("LogLinesTest.java")
                .doesNotContain("31612345678")
                .doesNotContain("Jansen");
        assertThat(new String(
                        text.encode(event("dev.parley.A", "x", new ConnectException("Connection refused"))), UTF_8))
                .contains("java.net.ConnectException: Connection refused");
    }

    /** An exception that somebody else's code threw. */
    private static final class Foreign {
        static Exception failure(String message, Throwable cause) {
            Exception failure = new IllegalArgumentException(message, cause);
            failure.setStackTrace(
                    new StackTraceElement[] {new StackTraceElement("org.other.Lib", "run", "Lib.java", 1)});
            return failure;
        }
    }

    private LoggingEvent event(String logger, String message, @Nullable Throwable thrown, Object... arguments) {
        LoggingEvent event = new LoggingEvent(
                LogLinesTest.class.getName(), context.getLogger(logger), Level.WARN, message, thrown, arguments);
        event.setTimeStamp(1_700_000_000_123L);
        return event;
    }

    private static LoggerContext context() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new BasicMDCAdapter());
        return context;
    }
}
