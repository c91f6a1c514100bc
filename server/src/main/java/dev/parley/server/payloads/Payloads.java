package dev.parley.server.payloads;

import dev.parley.connector.Content;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every kind of payload that is served. Safe for use by many threads at once. */
public final class Payloads implements ValueParser {

    private static final String TYPE = "type";

    private final Map<String, PayloadKind> kinds = new TreeMap<>();

    /** @param kinds each with a type of its own, beside {@code text}, which is always there */
    public Payloads(List<PayloadKind> kinds) {
        this.kinds.put(TextPayload.TYPE, new TextPayload());
        for (PayloadKind kind : kinds) {
            if (this.kinds.put(kind.type(), kind) != null) {
                throw new IllegalArgumentException("two kinds of payload are called " + kind.type());
            }
        }
    }

    /** Reads the payload of a write into a {@link Payload}. */
    @Override
    public Parsed parse(JsonNode value, String pointer) {
        if (!(value instanceof ObjectNode payload)) {
            return Members.bad(ProblemCode.INVALID_VALUE, pointer, "Write an object with type and content.");
        }
        JsonNode type = payload.get(TYPE);
        if (type == null) {
            return Members.bad(ProblemCode.MISSING_MEMBER, pointer, "Give the payload a type: " + types() + ".");
        }
        String typePointer = Members.member(pointer, TYPE);
        if (!type.isString()) {
            return Members.bad(ProblemCode.INVALID_VALUE, typePointer, "Write the type as a string: " + types() + ".");
        }
        PayloadKind kind = kinds.get(type.stringValue().toLowerCase(Locale.ROOT));
        if (kind == null) {
            Problem unserved = Problem.at(
                    ProblemCode.INVALID_VALUE,
                    typePointer,
                    "Write a type of payload that can be sent: " + types() + ".");
            return new Parsed.Value(Payload.bad(payload, List.of(unserved)));
        }
        return payload.has(ReplyContext.NAME) ? ReplyContext.read(kind, payload, pointer) : kind.read(payload, pointer);
    }

    /** The messages that a stored payload names. */
    public Set<UUID> references(String stored) {
        return stored.contains(ReplyContext.MESSAGE) ? ReplyContext.references(Json.MAPPER.readTree(stored)) : Set.of();
    }

    /**
     * What a stored payload says to a connector, and which message it answers.
     *
     * @param providerIds the provider's id of a message; null when the provider does not know it
     * @return null when a message that the payload names is not known
     */
    public @Nullable Said content(String stored, Function<UUID, @Nullable String> providerIds) {
        JsonNode payload = Json.MAPPER.readTree(stored);
        UUID answered = ReplyContext.answered(payload);
        String replyTo = answered == null ? null : providerIds.apply(answered);
        Content content = kind(payload).content(payload, providerIds);
        return content == null || (answered != null && replyTo == null) ? null : new Said(content, replyTo);
    }

    /**
     * What is said.
     *
     * @param replyTo the provider's id of the message that it answers; null when it answers none
     */
    public record Said(Content content, @Nullable String replyTo) {}

    private PayloadKind kind(JsonNode payload) {
        String type = payload.path(TYPE).asString();
        PayloadKind kind = kinds.get(type);
        if (kind == null) {
            throw new IllegalStateException("no kind of payload is called " + type);
        }
        return kind;
    }

    private String types() {
        return String.join(", ", kinds.keySet());
    }
}
