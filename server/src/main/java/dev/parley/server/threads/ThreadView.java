package dev.parley.server.threads;

import dev.parley.server.events.Event;
import dev.parley.server.platform.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A thread as callers see it: in answers and in events alike. */
final class ThreadView {

    /** The JSON:API type. */
    static final String TYPE = "messageThreads";

    private ThreadView() {}

    /** Every attribute, null without a value. */
    static ObjectNode attributes(MessageThread thread) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("channel", thread.channel());
        node.put("identifier", thread.identifier());
        node.put("chatbotPaused", thread.chatbotPaused());
        node.put("candidateId", text(thread.candidateId()));
        node.put("channelAccountId", text(thread.channelAccountId()));
        node.put("windowExpiresAt", Json.time(thread.windowExpiresAt()));
        node.put("lastMessageAt", Json.time(thread.lastMessageAt()));
        node.put("createdAt", Json.time(thread.createdAt()));
        node.put("updatedAt", Json.time(thread.updatedAt()));
        return node;
    }

    /** Its version. */
    static ObjectNode meta(MessageThread thread) {
        return Json.MAPPER.createObjectNode().put("version", thread.version());
    }

    /** That it was made. */
    static Event created(MessageThread thread) {
        return event(Event.Kind.CREATE, thread, List.of(), thread.createdAt());
    }

    /** That some of its attributes changed. */
    static Event updated(MessageThread thread, List<String> fields) {
        return event(Event.Kind.UPDATE, thread, fields, thread.updatedAt());
    }

    /** That it is gone. */
    static Event deleted(ThreadKey thread, Instant at) {
        return new Event(
                thread.organizationId(),
                Event.Kind.DELETE,
                TYPE,
                thread.threadId(),
                thread.threadId(),
                List.of(),
                null,
                at);
    }

    private static Event event(Event.Kind kind, MessageThread thread, List<String> fields, Instant at) {
        ObjectNode state = Json.MAPPER.createObjectNode();
        state.set("attributes", attributes(thread));
        state.set("meta", meta(thread));
        return new Event(thread.organizationId(), kind, TYPE, thread.id(), thread.id(), fields, Json.text(state), at);
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
