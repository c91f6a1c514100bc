package dev.parley.server.platform.json;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** The one JSON mapper, and the one way to write a time. Safe for use by many threads at once. */
public final class Json {

    /** Deepest nesting that is read; the edge refuses deeper bodies with an error of its own. */
    public static final int DEPTH = 32;

    /** Reads and writes trees. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH * 2)
                            .maxStringLength(200 << 20)
                            .build())
                    .build())
            .build();

    private static final int WITHOUT_SECONDS = "uuuu-MM-ddTHH:mm".length();

    private Json() {}

    /** ISO 8601, seconds, numeric offset; null stays null. */
    public static @Nullable String time(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        // Every answer and event has some, and a formatter costs several times as much.
        String text = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC)
                .toString();
        return text + (text.length() == WITHOUT_SECONDS ? ":00+00:00" : "+00:00");
    }

    /** Puts JSON text as it is, or null. */
    public static void putRaw(ObjectNode node, String name, @Nullable String json) {
        if (json == null) {
            node.putNull(name);
        } else {
            node.putRawValue(name, new RawValue(json));
        }
    }

    /** The text of a tree. */
    public static String text(Object tree) {
        return MAPPER.writeValueAsString(tree);
    }
}
