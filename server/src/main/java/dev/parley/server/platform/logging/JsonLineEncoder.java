package dev.parley.server.platform.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object per line: {@code time}, {@code level}, {@code logger}, {@code message}, the key-values, {@code node},
 * {@code requestId}, and {@code exception} as a list of lines. A key-value never takes the place of one of the first four.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = new byte[0];
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final String node;

    JsonLineEncoder(String node) {
        this.node = node;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        LogLine line = LogLine.of(event, node);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("time", line.time());
        object.put("level", line.level());
        object.put("logger", line.logger());
        object.put("message", line.message());
        line.fields().forEach(object::putIfAbsent);
        List<String> exception = SafeThrowable.lines(event.getThrowableProxy());
        if (!exception.isEmpty()) {
            object.put("exception", exception);
        }
        return (MAPPER.writeValueAsString(object) + "\n").getBytes(UTF_8);
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
