package dev.parley.server.callbacks;

import dev.parley.connector.InboundContent;
import dev.parley.server.callbacks.InboundApplication.Item;
import dev.parley.server.callbacks.PendingStore.Kept;
import dev.parley.server.erasure.ProviderMessage;
import dev.parley.server.messages.Marks;
import dev.parley.server.messages.Origin;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the messages of a group say of other messages: which they answer and react to. Of one thread. */
final class InboundLinks {

    private final List<Item> items;
    private final Map<Item, UUID> made;
    private final Map<ProviderMessage, UUID> known;

    private InboundLinks(List<Item> items, Map<Item, UUID> made, Map<ProviderMessage, UUID> known) {
        this.items = items;
        this.made = made;
        this.known = known;
    }

    /**
     * Looks up what is named.
     *
     * @param made the ids of those that are new
     */
    static InboundLinks look(Connection connection, List<Item> items, Map<Item, UUID> made) throws SQLException {
        List<Item> naming = items.stream()
                .filter(item -> item.context() != null || item.target() != null)
                .toList();
        List<ProviderMessage> named = naming.stream()
                .flatMap(item -> Stream.of(item.key(), item.context(), item.target()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<ProviderMessage, UUID> known = new HashMap<>(InboundStore.ids(connection, named));
        made.forEach((item, id) -> known.put(item.key(), id));
        return new InboundLinks(naming, made, known);
    }

    /** The message that this one answers; null when it answers none that is known. */
    @Nullable
    UUID context(Item item) {
        ProviderMessage context = item.context();
        return context == null ? null : known.get(context);
    }

    /** The message that this one reacts to; null when it reacts to none that is known. */
    @Nullable
    UUID target(Item item) {
        ProviderMessage target = item.target();
        return target == null ? null : known.get(target);
    }

    /**
     * Rows that name a message that is not there yet. They are looked at again when it comes. One whose own message is not there
     * either was dropped, and names nothing.
     */
    List<Kept> unresolved() {
        List<Kept> unresolved = new ArrayList<>();
        for (Item item : items) {
            ProviderMessage missing = missing(item);
            // What is not understood is kept in another way.
            boolean understood = !(item.update().content() instanceof InboundContent.Unsupported);
            if (missing != null && understood && known.containsKey(item.key())) {
                unresolved.add(new Kept(
                        item.row(), "parked", missing.providerMessageId(), "names a message that is not there yet"));
            }
        }
        return unresolved;
    }

    private @Nullable ProviderMessage missing(Item item) {
        ProviderMessage target = item.target();
        ProviderMessage context = item.context();
        if (target != null && !known.containsKey(target)) {
            return target;
        }
        return context == null || known.containsKey(context) ? null : context;
    }

    /** What follows from them: reactions, and links of messages that were stored before what they name was known. */
    void follow(ChangeApplication changes) {
        for (Item item : items) {
            UUID own = known.get(item.key());
            if (own == null) {
                continue;
            }
            UUID context = context(item);
            UUID target = target(item);
            if (!made.containsKey(item) && (context != null || target != null)) {
                changes.link(item.row().organizationId(), own, context, target);
            }
            if (target != null && item.update().content() instanceof InboundContent.Reaction reaction) {
                changes.react(
                        item.row().organizationId(),
                        target,
                        new Marks.Reaction(
                                Origin.INBOUND, reaction.emoji(), item.update().at(), own));
            }
        }
    }
}
