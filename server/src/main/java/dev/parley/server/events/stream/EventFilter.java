package dev.parley.server.events.stream;

import dev.parley.server.events.feed.EventQuery;
import dev.parley.server.events.feed.LoggedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events a stream wants.
 *
 * @param resourceType only of this type; null for all
 * @param thread only of this thread; null for all
 */
record EventFilter(@Nullable String resourceType, @Nullable UUID thread) {

    boolean wants(LoggedEvent event) {
        return (resourceType == null || resourceType.equals(event.resourceType()))
                && (thread == null || thread.equals(event.threadId()));
    }

    /** The same for reading the log. */
    EventQuery query(int size) {
        return new EventQuery(null, size, resourceType, thread);
    }
}
