package dev.parley.server.messages;

import dev.parley.server.events.Event;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A message as callers see it: in answers and in events alike. */
public final class MessageView {

    /** The JSON:API type. */
    public static final String TYPE = "messages";

    private MessageView() {}

    /** Every attribute, null without a value. */
    public static ObjectNode attributes(Message message) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("sendBy", message.sendBy());
        node.put("origin", message.origin().word());
        node.put("messageThreadId", message.threadId().toString());
        putPayload(node, message);
        node.put("deliveryStatus", message.delivery().status().word());
        Json.putRaw(node, "errorMessages", MessageError.write(message.delivery().errors()));
        node.put("createdAt", Json.time(message.createdAt()));
        node.put("updatedAt", Json.time(message.updatedAt()));
        node.set("statusTimes", times(message.delivery().times()));
        node.put("scheduledAt", Json.time(message.scheduledAt()));
        node.put("expiresAt", Json.time(message.expiresAt()));
        Json.putRaw(node, "metadata", message.metadata());
        return node;
    }

    /** A payload that names a file gets the address of it; only such a one has a member of that name. */
    private static void putPayload(ObjectNode node, Message message) {
        String payload = message.payload();
        if (payload != null
                && payload.contains("\"sha256\"")
                && Json.MAPPER.readTree(payload) instanceof ObjectNode tree
                && tree.get(tree.path("type").asString("")) instanceof ObjectNode file) {
            file.put("url", "/public/v2/messages/" + message.id() + "/media");
            node.set("payload", tree);
        } else {
            Json.putRaw(node, "payload", payload);
        }
    }

    /** Its version, since when its outcome is not known, and what else happened to it. */
    public static ObjectNode meta(Message message) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("version", message.version());
        Instant doubt = message.delivery().doubtSince();
        if (doubt != null) {
            node.put("inDoubtSince", Json.time(doubt));
        }
        message.marks().show(node);
        return node;
    }

    /** The resource of an answer. */
    static Resource resource(Message message) {
        return new Resource(message.id(), attributes(message), meta(message));
    }

    /** The resource that was answered before, of the text of its {@link #state}. */
    static Resource resource(UUID id, String state) {
        JsonNode kept = Json.MAPPER.readTree(state);
        return new Resource(id, (ObjectNode) kept.get("attributes"), (ObjectNode) kept.get("meta"));
    }

    /** Both, as an event keeps them. */
    public static String state(Message message) {
        return resource(message).state();
    }

    /**
     * The event of a change that made it what it is.
     *
     * @param fields the attributes that changed; empty unless it is an UPDATE
     * @param state of the message as {@link #state(Message)} gives it; null for a DELETE
     */
    public static Event event(Message message, Event.Kind kind, List<String> fields, @Nullable String state) {
        return new Event(
                message.organizationId(),
                kind,
                TYPE,
                message.id(),
                message.threadId(),
                fields,
                state,
                message.updatedAt());
    }

    private static ObjectNode times(StatusTimes times) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        put(node, "acceptedAt", times.accepted());
        put(node, "sentAt", times.sent());
        put(node, "deliveredAt", times.delivered());
        put(node, "readAt", times.read());
        put(node, "failedAt", times.failed());
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable Instant time) {
        node.put(name, Json.time(time));
    }
}
