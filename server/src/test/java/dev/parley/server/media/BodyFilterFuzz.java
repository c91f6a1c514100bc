package dev.parley.server.media;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import dev.parley.server.platform.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Large bodies whose files are taken out as they stream by: what is left says the same as the whole, but for the data of a
 * payload; and base64 is read as Java reads it.
 */
public final class BodyFilterFuzz implements FuzzTarget {

    private static final String WORD = "WORD";

    @Override
    public void take(byte[] input) throws IOException {
        Taken taken = new Taken();
        byte[] copy = new BodyFilter(taken, 1 << 20).copy(new ByteArrayInputStream(input));
        JsonNode whole = parsed(input);
        if (whole != null && copy != null) {
            JsonNode left = parsed(copy);
            hold(left != null && (left.equals(whole) || without(left).equals(without(whole))), "the same but for data");
        }
        base64(input);
    }

    private static @Nullable JsonNode parsed(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JacksonException none) {
            return null;
        }
    }

    /** The data of whatever is under the payload is taken away, where it is a text. */
    private static JsonNode without(JsonNode document) {
        document.path("data").path("attributes").path("payload").forEach(content -> {
            if (content instanceof ObjectNode file && file.path("data").isString()) {
                file.put("data", WORD);
            }
        });
        return document;
    }

    private static void base64(byte[] input) throws IOException {
        byte[] java;
        try {
            java = Base64.getDecoder().decode(input);
        } catch (IllegalArgumentException none) {
            java = null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Base64Text text = new Base64Text(out);
        text.put(Seeds.latin(input));
        boolean good = text.end();
        if (java != null && java.length > 0) {
            hold(good && Arrays.equals(out.toByteArray(), java), "the same bytes as Java's");
        }
    }

    private static final class Taken implements BodyFilter.Diversion {
        private final Base64Text text = new Base64Text(new ByteArrayOutputStream());

        @Override
        public String begin() {
            return WORD;
        }

        @Override
        public void put(int c) throws IOException {
            text.put(c);
        }

        @Override
        public void end() {}
    }

    @Override
    public List<byte[]> seeds() {
        String payload = "{\"data\":{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"A\",\"payload\":%s}}}";
        return Seeds.of(
                payload.formatted(
                        "{\"type\":\"image\",\"image\":{\"data\":\"QUJ\\nD\\/\\u002b==\",\"caption\":\"c\"}}"),
                payload.formatted("{\"image\":{\"data\":\"data:image/png;base64,QUJD\"}}"),
                payload.formatted("{\"image\":{\"d\\u0061ta\":\"QUJD\",\"data\":[\"data\"]}}"),
                payload.formatted("[{\"data\":\"QUJD\"}]"),
                "QUJD",
                "QUI=",
                "Q Q = =",
                "data:;base64,QUJD",
                "_-+/");
    }
}
