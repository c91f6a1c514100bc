package dev.parley.server.conversations;

import dev.parley.server.events.Event;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation as it stands.
 *
 * @param candidateId its thread's
 * @param status open or closed
 * @param unread messages of the candidate that nobody read
 * @param version rises with each change
 */
record Conversation(
        UUID organizationId,
        UUID id,
        UUID threadId,
        @Nullable UUID candidateId,
        String status,
        int unread,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** A new one. */
    static Conversation begun(
            UUID organization, UUID id, UUID thread, @Nullable UUID candidate, int unread, Instant at) {
        return new Conversation(organization, id, thread, candidate, ConversationType.OPEN, unread, 1, at, at);
    }

    /** The next version, with this status. */
    Conversation withStatus(String other, Instant at) {
        return new Conversation(organizationId, id, threadId, candidateId, other, unread, version + 1, createdAt, at);
    }

    /** The next version, with so many unread. */
    Conversation withUnread(int other, Instant at) {
        return new Conversation(
                organizationId, id, threadId, candidateId, status, Math.max(0, other), version + 1, createdAt, at);
    }

    /** The next version, of this thread and candidate. */
    Conversation with(UUID thread, @Nullable UUID candidate, Instant at) {
        return new Conversation(organizationId, id, thread, candidate, status, unread, version + 1, createdAt, at);
    }

    /** As callers see it: in answers and in events alike. */
    Resource resource() {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put(ConversationType.STATUS, status);
        attributes.put(ConversationType.UNREAD, unread > 0);
        attributes.put(ConversationType.COUNT, unread);
        attributes.put(ConversationType.THREAD, threadId.toString());
        attributes.put(ConversationType.CANDIDATE, candidateId == null ? null : candidateId.toString());
        attributes.put("createdAt", Json.time(createdAt));
        attributes.put("updatedAt", Json.time(updatedAt));
        return new Resource(id, attributes, Json.MAPPER.createObjectNode().put("version", version));
    }

    /** What of it is another than it was. */
    List<String> changed(Conversation before) {
        List<String> fields = new ArrayList<>();
        if (!status.equals(before.status)) {
            fields.add(ConversationType.STATUS);
        }
        if (unread > 0 != before.unread > 0) {
            fields.add(ConversationType.UNREAD);
        }
        if (unread != before.unread) {
            fields.add(ConversationType.COUNT);
        }
        if (!threadId.equals(before.threadId)) {
            fields.add(ConversationType.THREAD);
        }
        if (!Objects.equals(candidateId, before.candidateId)) {
            fields.add(ConversationType.CANDIDATE);
        }
        return fields;
    }

    Event created() {
        return event(Event.Kind.CREATE, List.of(), resource().state(), createdAt);
    }

    Event updated(List<String> fields) {
        return event(Event.Kind.UPDATE, fields, resource().state(), updatedAt);
    }

    Event deleted(Instant at) {
        return event(Event.Kind.DELETE, List.of(), null, at);
    }

    private Event event(Event.Kind kind, List<String> fields, @Nullable String state, Instant at) {
        return new Event(organizationId, kind, ConversationType.NAME, id, threadId, fields, state, at);
    }
}
