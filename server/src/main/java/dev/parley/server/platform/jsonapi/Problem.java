package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.text.NearestName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that is wrong with a request.
 *
 * @param code which kind
 * @param detail a sentence that says what to do
 * @param source where it is; null when it concerns the request as a whole
 * @param meta more for programs; not to be changed afterwards
 */
public record Problem(
        ProblemCode code,
        String detail,
        @Nullable Source source,
        @Nullable ObjectNode meta) {

    /** The most of one request that are told. */
    static final int MOST = 100;

    /** Where in a request. */
    public sealed interface Source {
        /** A JSON pointer to a value of the body that is there. */
        record Pointer(String value) implements Source {}

        /** The whole name of a query parameter. */
        record Parameter(String value) implements Source {}

        /** The name of a header. */
        record Header(String value) implements Source {}
    }

    /** Makes echoed names safe to write. */
    public Problem {
        detail = Names.printable(detail);
    }

    /**
     * Whether no more need be looked for: the rest would not be told, and a body of a megabyte can be wrong a hundred thousand
     * times.
     */
    public static boolean enough(List<Problem> problems) {
        return problems.size() >= MOST;
    }

    /** About the request as a whole. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, null, null);
    }

    /** About a value of the body. */
    public static Problem at(ProblemCode code, String pointer, String detail) {
        return new Problem(code, detail, new Source.Pointer(Names.printable(pointer)), null);
    }

    /** About a query parameter. */
    public static Problem parameter(ProblemCode code, String name, String detail) {
        return new Problem(code, detail, new Source.Parameter(Names.printable(name)), null);
    }

    /** About a header. */
    public static Problem header(String name, String detail) {
        return new Problem(ProblemCode.INVALID_HEADER, detail, new Source.Header(name), null);
    }

    /** An id that does not exist, or belongs to somebody else. */
    public static Problem notFound(String type) {
        return of(ProblemCode.NOT_FOUND, "There is no resource of type " + type + " with this id.");
    }

    /** The same with the nearest name that exists, in words and for programs. */
    public Problem suggesting(String unknown, Collection<String> known) {
        String nearest = NearestName.of(unknown, known);
        String more = Names.suggestion(nearest, known);
        ObjectNode hint =
                nearest == null ? meta : JsonNodeFactory.instance.objectNode().put("nearest", nearest);
        return new Problem(code, detail + more, source, hint);
    }

    /** The same with more for programs. */
    public Problem with(ObjectNode more) {
        return new Problem(code, detail, source, more);
    }

    /** The code alone: a detail may name what somebody wrote. */
    @Override
    public String toString() {
        return code.text();
    }
}
