package dev.parley.server.payloads;

import dev.parley.connector.Capabilities.Feature;
import dev.parley.connector.Content;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An emoji on a message of the same thread; an empty one takes it away. One character as people see it, of at most 32
 * UTF-16 code units, without a letter or blank: whether it is an emoji of this year is the provider's to say.
 */
public final class ReactionPayload implements PayloadKind {

    private static final String TYPE = "reaction";
    private static final String MESSAGE = "messageId";
    private static final String EMOJI = "emoji";
    private static final int LONGEST = 32;
    private static final Pattern AT_MOST_ONE = Pattern.compile("\\X?");

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Parsed read(ObjectNode payload, String pointer) {
        List<Problem> problems = new ArrayList<>(Members.unknown(payload, Set.of("type", TYPE), pointer));
        Fields fields = Fields.of(payload.get(TYPE), Members.member(pointer, TYPE), problems, Set.of(MESSAGE, EMOJI));
        UUID message = fields.message(MESSAGE);
        JsonNode emoji = fields.get(EMOJI);
        if (emoji == null) {
            fields.missing(EMOJI, "Give emoji: one emoji, or an empty string to take it away.");
        } else if (!emoji.isString() || !isEmoji(emoji.stringValue())) {
            fields.problem(ProblemCode.INVALID_VALUE, EMOJI, "Write one emoji, or an empty string to take it away.");
        }
        if (!problems.isEmpty() || emoji == null) {
            return new Parsed.Value(Payload.bad(payload, problems));
        }
        ObjectNode content = Json.MAPPER.createObjectNode().put("type", TYPE);
        content.putObject(TYPE).put(MESSAGE, message.toString()).put(EMOJI, emoji.stringValue());
        MessageReference reference = new MessageReference(message, fields.at(MESSAGE), true);
        ChannelFit fit = new Needs(Feature.REACTION, "reactions", Members.member(pointer, TYPE));
        return new Parsed.Value(Payload.freeForm(content, ReferringFit.of(fit, List.of(reference))));
    }

    private static boolean isEmoji(String text) {
        return text.length() <= LONGEST
                && AT_MOST_ONE.matcher(text).matches()
                && text.codePoints()
                        .noneMatch(point -> Character.isLetter(point)
                                || Character.isWhitespace(point)
                                || Character.isISOControl(point));
    }

    /** Needs the provider's id of the message. */
    @Override
    public Content content(JsonNode stored) {
        throw new UnsupportedOperationException("a reaction names a message");
    }

    @Override
    public @Nullable Content content(JsonNode stored, Function<UUID, @Nullable String> providerIds) {
        JsonNode reaction = stored.path(TYPE);
        String target = providerIds.apply(UUID.fromString(reaction.path(MESSAGE).asString()));
        return target == null
                ? null
                : new Content.Reaction(target, reaction.path(EMOJI).asString());
    }
}
