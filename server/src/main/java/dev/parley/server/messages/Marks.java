package dev.parley.server.messages;

import dev.parley.server.platform.json.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened to a message beside its delivery.
 *
 * @param reactions one of each side at most; also those that were taken away, so that what comes late does not bring them back
 * @param edit the candidate's last edit; null when there was none
 * @param revokedAt when the candidate took it back, by the provider's time; null when they did not
 */
public record Marks(
        List<Reaction> reactions,
        @Nullable Edit edit,
        @Nullable Instant revokedAt) {

    /** Nothing happened. */
    public static final Marks NONE = new Marks(List.of(), null, null);

    /**
     * An emoji on the message.
     *
     * @param origin whose it is
     * @param emoji empty when it was taken away
     * @param at the provider's time
     * @param messageId the message that brought it
     */
    public record Reaction(Origin origin, String emoji, Instant at, UUID messageId) {

        /** Whether this one came about after the other: by time, then by the message that was stored later. */
        boolean follows(Reaction other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? messageId.toString().compareTo(other.messageId.toString()) > 0 : byTime > 0;
        }

        /** As the other, by nobody's hand. */
        @Override
        public String toString() {
            return "Reaction[" + origin + " " + messageId + "]";
        }
    }

    /**
     * That the message was written anew.
     *
     * @param at the provider's time
     * @param id the provider's id of the edit
     */
    public record Edit(Instant at, String id) {

        /** Whether this one came about after the other. Edits of one second have no order but a fixed one. */
        boolean follows(@Nullable Edit other) {
            if (other == null) {
                return true;
            }
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? id.compareTo(other.id) > 0 : byTime > 0;
        }
    }

    /** Copies the list. */
    public Marks {
        reactions = List.copyOf(reactions);
    }

    /** With a reaction; the same object when the side's newest is another one. */
    public Marks reacted(Reaction next) {
        List<Reaction> all = new ArrayList<>(reactions);
        for (Reaction there : reactions) {
            if (there.origin() == next.origin()) {
                if (!next.follows(there)) {
                    return this;
                }
                all.remove(there);
            }
        }
        all.add(next);
        return new Marks(all, edit, revokedAt);
    }

    /** With an edit; the same object when there was a later one, or it was taken back. */
    public Marks edited(Edit next) {
        return revokedAt != null || !next.follows(edit) ? this : new Marks(reactions, next, null);
    }

    /** Taken back; the same object when it was so before. Nothing else stays. */
    public Marks revoked(Instant at) {
        return revokedAt == null ? new Marks(List.of(), null, at) : this;
    }

    /** The stored form; null for nothing. */
    public @Nullable String json() {
        if (equals(NONE)) {
            return null;
        }
        ObjectNode node = Json.MAPPER.createObjectNode();
        ArrayNode list = node.putArray("reactions");
        for (Reaction reaction : reactions) {
            list.addObject()
                    .put("origin", reaction.origin().word())
                    .put("emoji", reaction.emoji())
                    .put("at", DateTimeFormatter.ISO_INSTANT.format(reaction.at()))
                    .put("messageId", reaction.messageId().toString());
        }
        if (edit != null) {
            node.putObject("edit")
                    .put("at", DateTimeFormatter.ISO_INSTANT.format(edit.at()))
                    .put("id", edit.id());
        }
        if (revokedAt != null) {
            node.put("revokedAt", DateTimeFormatter.ISO_INSTANT.format(revokedAt));
        }
        return Json.text(node);
    }

    /** What the stored form says. */
    static Marks read(@Nullable String json) {
        if (json == null) {
            return NONE;
        }
        JsonNode node = Json.MAPPER.readTree(json);
        List<Reaction> reactions = new ArrayList<>();
        for (JsonNode one : node.path("reactions")) {
            reactions.add(new Reaction(
                    Origin.of(one.path("origin").asString()),
                    one.path("emoji").asString(),
                    Instant.parse(one.path("at").asString()),
                    UUID.fromString(one.path("messageId").asString())));
        }
        JsonNode edit = node.path("edit");
        return new Marks(
                reactions,
                edit.isObject()
                        ? new Edit(
                                Instant.parse(edit.path("at").asString()),
                                edit.path("id").asString())
                        : null,
                node.has("revokedAt") ? Instant.parse(node.path("revokedAt").asString()) : null);
    }

    /** Adds what callers see of it. */
    void show(ObjectNode meta) {
        List<Reaction> there = reactions.stream()
                .filter(reaction -> !reaction.emoji().isEmpty())
                .toList();
        if (!there.isEmpty()) {
            ArrayNode list = meta.putArray("reactions");
            for (Reaction reaction : there) {
                list.addObject()
                        .put("origin", reaction.origin().word())
                        .put("emoji", reaction.emoji())
                        .put("at", Json.time(reaction.at()))
                        .put("messageId", reaction.messageId().toString());
            }
        }
        if (edit != null) {
            meta.put("editedAt", Json.time(edit.at()));
        }
        if (revokedAt != null) {
            meta.put("revokedAt", Json.time(revokedAt));
        }
    }
}
