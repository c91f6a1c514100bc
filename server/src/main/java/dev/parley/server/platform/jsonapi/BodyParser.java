package dev.parley.server.platform.jsonapi;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of a body. */
final class BodyParser {

    private BodyParser() {}

    /** A mapper that reads no deeper than {@code depth}, and strings as long as a body can be. */
    static JsonMapper mapper(int depth) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxStringLength(Integer.MAX_VALUE)
                .build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .build();
    }

    /** The document, or why there is none. */
    sealed interface Parsed {
        record Document(JsonNode node) implements Parsed {}

        record Bad(Problem problem) implements Parsed {}
    }

    static Parsed parse(JsonMapper mapper, byte[] body) {
        if (body.length == 0) {
            return bad(ProblemCode.MALFORMED_JSON, "Send a JSON document; the body is empty.");
        }
        try {
            JsonNode node = mapper.readTree(body);
            return node.isMissingNode()
                    ? bad(ProblemCode.MALFORMED_JSON, "Send a JSON document; the body is blank.")
                    : new Parsed.Document(node);
        } catch (StreamConstraintsException limit) {
            int depth = mapper.tokenStreamFactory().streamReadConstraints().getMaxNestingDepth();
            return String.valueOf(limit.getOriginalMessage()).contains("nesting depth")
                    ? bad(ProblemCode.TOO_DEEP, "Nest objects and arrays at most " + depth + " deep.")
                    : bad(ProblemCode.MALFORMED_JSON, "Send shorter names and numbers.");
        } catch (JacksonException malformed) {
            return bad(ProblemCode.MALFORMED_JSON, "Send proper JSON in UTF-8" + place(malformed.getLocation()) + ".");
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null
                ? ""
                : "; it breaks at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Parsed bad(ProblemCode code, String detail) {
        return new Parsed.Bad(Problem.of(code, detail));
    }
}
