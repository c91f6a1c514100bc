package dev.parley.simulator.json;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mapper of the simulator. It writes ASCII only, every other character as {@code \}{@code uXXXX} with lower-case
 * hexadecimal digits, because that is how Meta writes its bodies and the signature is over the raw bytes. Thread-safe.
 */
public final class Json {

    /** Reads and writes everything; repeated members are an error. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private Json() {}

    /** A new, empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
