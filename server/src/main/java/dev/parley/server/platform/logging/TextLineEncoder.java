package dev.parley.server.platform.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

/** Lines for people: time, level, logger, message, key=value; an exception below it, indented. */
final class TextLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = new byte[0];

    private final String node;

    TextLineEncoder(String node) {
        this.node = node;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        LogLine line = LogLine.of(event, node);
        StringBuilder text = new StringBuilder(160)
                .append(line.time())
                .append(' ')
                .append("%-5s".formatted(line.level()))
                .append(' ')
                .append(line.logger())
                .append(": ")
                .append(oneLine(line.message()));
        line.fields()
                .forEach(
                        (key, value) -> text.append(' ').append(key).append('=').append(oneLine(value.toString())));
        text.append('\n');
        SafeThrowable.lines(event.getThrowableProxy())
                .forEach(row -> text.append("    ").append(oneLine(row)).append('\n'));
        return text.toString().getBytes(UTF_8);
    }

    /** A line break in a text must not look like another log line. */
    private static String oneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
