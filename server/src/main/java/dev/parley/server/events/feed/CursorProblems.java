package dev.parley.server.events.feed;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;

/** What is said about a cursor that nothing can be read from. */
public final class CursorProblems {

    private CursorProblems() {}

    /** It is older than what is kept. */
    public static Problem expired() {
        return Problem.parameter(
                ProblemCode.CURSOR_EXPIRED,
                EventQueryReader.AFTER,
                "Events behind this cursor are no longer kept. Read the resources themselves, and begin"
                        + " again with page[after]=latest, taken before that.");
    }

    /** It was never given. */
    public static Problem ahead() {
        return Problem.parameter(
                ProblemCode.INVALID_QUERY_PARAMETER,
                EventQueryReader.AFTER,
                "This cursor was not given by this server as it is now. Begin again with"
                        + " page[after]=latest, and read the resources themselves.");
    }
}
