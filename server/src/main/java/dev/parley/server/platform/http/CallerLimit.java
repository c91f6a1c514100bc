package dev.parley.server.platform.http;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often a caller may ask. Called once for each request with a good token, by many threads at once, before anything else is
 * done for it; must be quick and must not throw.
 */
@FunctionalInterface
public interface CallerLimit {

    /** Lets everybody ask as often as they like. */
    CallerLimit NONE = caller -> Verdict.FREE;

    /** Counts a request. */
    Verdict ask(Caller caller);

    /**
     * What came of counting.
     *
     * @param headers for the answer, whatever that is; empty for a caller without a limit
     * @param pause how long the caller is to wait before it asks again, when it is refused; null when it may go on
     */
    record Verdict(Map<String, String> headers, @Nullable Duration pause) {

        /** Goes on, and hears nothing of limits. */
        public static final Verdict FREE = new Verdict(Map.of(), null);

        /** Keeps the headers as they are now. */
        public Verdict {
            headers = Map.copyOf(headers);
        }
    }
}
