package dev.parley.server.platform.jsonapi;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the value of an attribute that has rules of its own. Thread-safe. */
@FunctionalInterface
public interface ValueParser {

    /**
     * Reads a value that isn't null and holds neither NUL nor lone surrogates.
     *
     * @param pointer of the value, to begin the pointers of problems with
     */
    Parsed parse(JsonNode value, String pointer);

    /** What came of it. */
    sealed interface Parsed {
        /** What {@link Write#value} gives. */
        record Value(Object value) implements Parsed {}

        /** Everything that is wrong with it. */
        record Bad(List<Problem> problems) implements Parsed {}
    }
}
