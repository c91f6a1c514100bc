package dev.parley.server.events.feed;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants.
 *
 * @param after the cursor: events behind this position; null from the oldest that is kept, {@link #LATEST} from now on
 * @param size the most events of an answer
 * @param resourceType only of this type; null for all
 * @param thread only of this thread; null for all
 */
public record EventQuery(
        @Nullable Long after,
        int size,
        @Nullable String resourceType,
        @Nullable UUID thread) {

    /** A cursor behind everything that has happened. */
    public static final long LATEST = Long.MAX_VALUE;

    /** Whether only what comes from now on is wanted. */
    public boolean latest() {
        return after != null && after == LATEST;
    }
}
