package dev.parley.server.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a resource.
 *
 * @param organizationId whose resource
 * @param kind what happened
 * @param resourceType the JSON:API type, for example {@code messages}
 * @param resourceId which
 * @param threadId the thread that it belongs to, where it belongs to one
 * @param fields the attributes that changed; empty unless {@code kind} is UPDATE
 * @param state the resource after the change as a JSON object with {@code attributes} and {@code meta}; null for DELETE
 * @param at when
 */
public record Event(
        UUID organizationId,
        Kind kind,
        String resourceType,
        UUID resourceId,
        @Nullable UUID threadId,
        List<String> fields,
        @Nullable String state,
        Instant at) {

    /** What happened to the resource. */
    public enum Kind {
        CREATE("create"),
        UPDATE("update"),
        DELETE("delete");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in the database and on the wire. */
        public String word() {
            return word;
        }
    }

    @Override
    public String toString() {
        return "Event[" + kind + " " + resourceType + " " + resourceId + "]";
    }
}
