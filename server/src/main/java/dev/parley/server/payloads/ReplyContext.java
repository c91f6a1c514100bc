package dev.parley.server.payloads;

import dev.parley.connector.Capabilities.Feature;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The member {@code context} that a payload of any kind may have: which message it answers. */
final class ReplyContext {

    static final String NAME = "context";
    static final String MESSAGE = "messageId";

    private ReplyContext() {}

    /** Reads a payload with a context. */
    static Parsed read(PayloadKind kind, ObjectNode payload, String pointer) {
        ObjectNode rest = Json.MAPPER.createObjectNode();
        payload.properties().forEach(member -> {
            if (!member.getKey().equals(NAME)) {
                rest.set(member.getKey(), member.getValue());
            }
        });
        Parsed parsed = kind.read(rest, pointer);
        if (payload.get(NAME).isNull()
                || !(parsed instanceof Parsed.Value value)
                || !(value.value() instanceof Payload said)) {
            return parsed;
        }
        List<Problem> problems = new ArrayList<>(said.problems());
        Fields fields = Fields.of(payload.get(NAME), Members.member(pointer, NAME), problems, Set.of(MESSAGE));
        UUID answered = fields.message(MESSAGE);
        return new Parsed.Value(
                problems.isEmpty() ? with(said, answered, fields, pointer) : Payload.bad(payload, problems));
    }

    private static Payload with(Payload said, UUID answered, Fields fields, String pointer) {
        ObjectNode content = said.content().deepCopy();
        content.putObject(NAME).put(MESSAGE, answered.toString());
        ChannelFit reply = new Needs(Feature.REPLY, "a reply to a message", Members.member(pointer, NAME));
        ChannelFit both = rule -> Stream.concat(said.fit().problems(rule).stream(), reply.problems(rule).stream())
                .toList();
        List<MessageReference> references = new ArrayList<>(said.fit().references());
        references.add(new MessageReference(answered, fields.at(MESSAGE), false));
        Preparation preparation = said.preparation();
        return new Payload(
                content,
                said.freeForm(),
                new ReferringFit(both, List.copyOf(references)),
                List.of(),
                preparation == null ? null : later(preparation, answered, fields, pointer));
    }

    /** What is prepared answers the same message. */
    private static Preparation later(Preparation preparation, UUID answered, Fields fields, String pointer) {
        return (organization, thread) -> switch (preparation.prepare(organization, thread)) {
            case Preparation.Prepared.Ready(Payload ready) ->
                new Preparation.Prepared.Ready(with(ready, answered, fields, pointer));
            case Preparation.Prepared.Not not -> not;
        };
    }

    /** The message that a stored payload answers; null when it answers none. */
    static @Nullable UUID answered(JsonNode stored) {
        JsonNode message = stored.path(NAME).path(MESSAGE);
        return message.isString() ? UUID.fromString(message.stringValue()) : null;
    }

    /** Every message that a stored payload names. */
    static Set<UUID> references(JsonNode stored) {
        Set<UUID> references = new HashSet<>();
        for (String member : List.of(NAME, "reaction")) {
            JsonNode message = stored.path(member).path(MESSAGE);
            if (message.isString()) {
                references.add(UUID.fromString(message.stringValue()));
            }
        }
        return references;
    }
}
