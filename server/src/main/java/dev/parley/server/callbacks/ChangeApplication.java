package dev.parley.server.callbacks;

import dev.parley.connector.ProviderUpdate;
import dev.parley.server.callbacks.ChangeStore.Changed;
import dev.parley.server.callbacks.PendingStore.Kept;
import dev.parley.server.callbacks.PendingStore.Row;
import dev.parley.server.callbacks.WantedFileStore.WantedFile;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.erasure.ProviderMessage;
import dev.parley.server.messages.Marks;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.Origin;
import dev.parley.server.platform.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes messages that are there: reactions to them, edits, taking back, and links that were found late. Applying the same
 * twice, or in another order, comes to the same. For one transaction, of one thread.
 */
final class ChangeApplication {

    /** An edit or a taking back, and the row it came in. */
    record Item(Row row, ProviderUpdate update, String originalId) {
        ProviderMessage original() {
            return new ProviderMessage(row.organizationId(), row.accountId(), originalId);
        }
    }

    /** A change of a message; null when it changes nothing. */
    private interface Change {
        @Nullable
        Changed of(Message before, Instant now);
    }

    private final Instant now;
    private final Map<ChangeStore.Key, List<Change>> changes = new LinkedHashMap<>();

    ChangeApplication(Instant now) {
        this.now = now;
    }

    /** The candidate, or we, reacted to a message. */
    void react(UUID organization, UUID message, Marks.Reaction reaction) {
        add(organization, message, (before, at) -> {
            Marks marks = before.marks().reacted(reaction);
            boolean same = marks.equals(before.marks()) || before.marks().revokedAt() != null;
            return same ? null : new Changed(before.marked(before.payload(), marks, at), List.of("reactions"));
        });
    }

    /** What an earlier message names is known by now. */
    void link(UUID organization, UUID message, @Nullable UUID context, @Nullable UUID target) {
        add(organization, message, (before, at) -> {
            String payload = linked(before, context, target);
            return payload == null ? null : new Changed(before.marked(payload, before.marks(), at), List.of("payload"));
        });
    }

    /** Finds what edits and takings back are about; gives the rows that are to be parked. */
    List<Kept> take(Connection connection, FingerprintStore fingerprints, List<Item> items) throws SQLException {
        if (items.isEmpty()) {
            return List.of();
        }
        List<ProviderMessage> originals =
                items.stream().map(Item::original).distinct().toList();
        Map<ProviderMessage, UUID> known = InboundStore.ids(connection, originals);
        Set<ProviderMessage> erased = fingerprints.erased(connection, originals);
        List<Kept> parked = new ArrayList<>();
        for (Item item : items) {
            UUID message = known.get(item.original());
            if (message != null) {
                add(item.row().organizationId(), message, change(item));
            } else if (!erased.contains(item.original())) {
                parked.add(
                        new Kept(item.row(), "parked", item.originalId(), "changes a message that is not there yet"));
            }
        }
        return parked;
    }

    /** Only what the candidate wrote is theirs to change. */
    private static Change change(Item item) {
        return (before, at) -> before.origin() != Origin.INBOUND
                ? null
                : switch (item.update()) {
                    case ProviderUpdate.Edited edited ->
                        edited(before, edited, item.row().accountId(), at);
                    case ProviderUpdate.Revoked revoked -> revoked(before, revoked, at);
                    default -> throw new IllegalArgumentException("neither an edit nor a taking back");
                };
    }

    private static @Nullable Changed edited(Message before, ProviderUpdate.Edited update, UUID account, Instant at) {
        Marks marks = before.marks().edited(new Marks.Edit(update.at(), update.providerMessageId()));
        if (marks.equals(before.marks())) {
            return null;
        }
        EditedPayload edited = EditedPayload.of(before.payload(), update.content());
        WantedFile file = edited.file() == null
                ? null
                : new WantedFile(before.organizationId(), before.id(), account, edited.file(), update.at());
        return new Changed(before.marked(edited.json(), marks, at), List.of("payload", "editedAt"), file);
    }

    private static @Nullable Changed revoked(Message before, ProviderUpdate.Revoked update, Instant at) {
        Marks marks = before.marks().revoked(update.at());
        return marks.equals(before.marks())
                ? null
                : new Changed(before.marked(InboundPayload.revoked(), marks, at), List.of("payload", "revokedAt"));
    }

    private static @Nullable String linked(Message before, @Nullable UUID context, @Nullable UUID target) {
        if (before.payload() == null || before.marks().revokedAt() != null) {
            return null;
        }
        ObjectNode payload = (ObjectNode) Json.MAPPER.readTree(before.payload());
        boolean changed = false;
        if (context != null && !payload.has(InboundPayload.CONTEXT)) {
            payload.putObject(InboundPayload.CONTEXT).put(InboundPayload.MESSAGE_ID, context.toString());
            changed = true;
        }
        if (target != null
                && payload.get(InboundPayload.REACTION) instanceof ObjectNode reaction
                && !reaction.hasNonNull(InboundPayload.MESSAGE_ID)) {
            reaction.put(InboundPayload.MESSAGE_ID, target.toString());
            changed = true;
        }
        return changed ? Json.text(payload) : null;
    }

    private void add(UUID organization, UUID message, Change change) {
        changes.computeIfAbsent(new ChangeStore.Key(organization, message), key -> new ArrayList<>())
                .add(change);
    }

    /** Writes what was gathered, with an event for each change. */
    void write(Connection connection) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Map<ChangeStore.Key, Message> locked = new HashMap<>();
        for (Message message : ChangeStore.lock(connection, List.copyOf(changes.keySet()))) {
            locked.put(new ChangeStore.Key(message.organizationId(), message.id()), message);
        }
        List<Changed> done = new ArrayList<>();
        for (Map.Entry<ChangeStore.Key, List<Change>> entry : changes.entrySet()) {
            for (Change change : entry.getValue()) {
                Message before = locked.get(entry.getKey());
                Changed changed = before == null ? null : change.of(before, now);
                if (changed != null) {
                    locked.put(entry.getKey(), Objects.requireNonNull(changed.after()));
                    done.add(changed);
                }
            }
        }
        ChangeStore.write(connection, done);
    }
}
