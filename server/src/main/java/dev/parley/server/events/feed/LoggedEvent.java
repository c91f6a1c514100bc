package dev.parley.server.events.feed;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as a reader finds it in the log.
 *
 * @param position its number, rising; a reader's cursor
 * @param event what happened: {@code create}, {@code update} or {@code delete}
 * @param resourceType the JSON:API type
 * @param threadId the thread that the resource belongs to, where it belongs to one
 * @param fields the attributes that changed; empty unless it is an update
 * @param state the resource after the event; null after a delete, and when it was erased since
 */
record LoggedEvent(
        long position,
        String event,
        String resourceType,
        UUID resourceId,
        @Nullable UUID threadId,
        List<String> fields,
        @Nullable String state,
        Instant createdAt) {

    @Override
    public String toString() {
        return "LoggedEvent[" + position + " " + event + " " + resourceType + "]";
    }
}
