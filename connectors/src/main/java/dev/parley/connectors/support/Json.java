package dev.parley.connectors.support;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON that a stranger wrote, and writes JSON that every store can hold. Safe for use by many threads at once. */
public final class Json {

    /** Deeper than anything that a provider sends. */
    private static final int MAX_DEPTH = 64;

    /** Output is ASCII: half of an emoji, or a NUL, that a stranger sent stays readable and breaks no database. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private Json() {}

    /** The tree, or null when it is not exactly one JSON value of at most 64 levels. */
    public static @Nullable JsonNode read(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** As {@link #read(byte[])}. */
    public static @Nullable JsonNode read(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** A new, empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** One line of ASCII. */
    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** A member that is a text or a whole number, as text; null when it is neither, or empty. */
    public static @Nullable String text(JsonNode node, String name) {
        JsonNode member = node.path(name);
        if (member.isString()) {
            String value = member.stringValue();
            return value.isEmpty() ? null : value;
        }
        return member.isIntegralNumber() ? member.asString() : null;
    }
}
