package dev.parley.server.callbacks;

import dev.parley.connector.Connector;
import dev.parley.connector.InboundContent;
import dev.parley.connector.ProviderUpdate;
import dev.parley.server.callbacks.InboundStore.Incoming;
import dev.parley.server.callbacks.PendingStore.Kept;
import dev.parley.server.callbacks.PendingStore.Row;
import dev.parley.server.conversations.Arrivals;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.erasure.NamedBy;
import dev.parley.server.erasure.ProviderMessage;
import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.DeliveryStatus;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.Origin;
import dev.parley.server.messages.Phase;
import dev.parley.server.messages.StatusTimes;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.threads.InboundSender;
import dev.parley.server.threads.ResolvedThread;
import dev.parley.server.threads.ThreadIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of what candidates wrote, in threads that are found by any of their addresses or made, and opens the windows.
 * Safe for use by many threads at once.
 */
public final class InboundApplication {

    /** A provider's clock may be ahead of ours by this much; a time further ahead is taken for now. */
    private static final Duration LEEWAY = Duration.ofMinutes(5);

    /** What a candidate wrote and the row it came in. */
    record Item(Row row, ProviderUpdate.Inbound update) {
        ProviderMessage key() {
            return new ProviderMessage(row.organizationId(), row.accountId(), update.providerMessageId());
        }

        /** What it answers, by the provider's id. */
        @Nullable
        ProviderMessage context() {
            return named(update.contextId());
        }

        /** What it reacts to, by the provider's id. */
        @Nullable
        ProviderMessage target() {
            return update.content() instanceof InboundContent.Reaction reaction ? named(reaction.targetId()) : null;
        }

        private @Nullable ProviderMessage named(@Nullable String id) {
            return id == null ? null : new ProviderMessage(row.organizationId(), row.accountId(), id);
        }

        Stream<NamedBy> names() {
            return update.from().stream().map(address -> new NamedBy(row.organizationId(), row.id(), address.value()));
        }
    }

    private final Map<String, Connector> connectors;
    private final ThreadIdentity identity;
    private final FingerprintStore fingerprints;
    private final Ids ids;
    private final InstantSource clock;

    /**
     * @param connectors by provider
     * @param fingerprints of messages and persons that were erased
     */
    public InboundApplication(
            Map<String, Connector> connectors,
            ThreadIdentity identity,
            FingerprintStore fingerprints,
            Ids ids,
            InstantSource clock) {
        this.connectors = Map.copyOf(connectors);
        this.identity = identity;
        this.fingerprints = fingerprints;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Stores what is new, and connects what names another message with it. What it names may not be known yet: then the row is
     * parked.
     *
     * @param changes gathers what else follows for messages that are there
     * @param arrivals gathers what is new, for the threads' conversations
     * @return the rows that are to be kept
     */
    List<Kept> run(Connection connection, List<Item> items, ChangeApplication changes, Arrivals arrivals)
            throws SQLException {
        List<Item> fresh = fresh(connection, items);
        Map<Item, UUID> made = new HashMap<>();
        fresh.forEach(item -> made.put(item, ids.next()));
        InboundLinks links = InboundLinks.look(connection, items, made);
        List<Kept> kept = new ArrayList<>(links.unresolved());
        if (!fresh.isEmpty()) {
            kept.addAll(store(connection, fresh, made, links, arrivals));
        }
        links.follow(changes);
        return kept;
    }

    private List<Kept> store(
            Connection connection, List<Item> fresh, Map<Item, UUID> made, InboundLinks links, Arrivals arrivals)
            throws SQLException {
        Instant now = clock.instant();
        Map<Item, InboundSender> senders = new HashMap<>();
        fresh.forEach(item -> senders.put(item, sender(item, now)));
        Map<InboundSender, ResolvedThread> threads =
                identity.resolveInbound(connection, List.copyOf(Set.copyOf(senders.values())), now);
        requireUnerased(
                connection,
                fresh.stream()
                        .filter(item -> Objects.requireNonNull(threads.get(Objects.requireNonNull(senders.get(item))))
                                .created())
                        .toList());
        List<Incoming> incoming = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        for (Item item : fresh) {
            InboundSender sender = Objects.requireNonNull(senders.get(item));
            UUID thread = Objects.requireNonNull(threads.get(sender)).threadId();
            UUID id = Objects.requireNonNull(made.get(item));
            String file = item.update().content() instanceof InboundContent.Media media ? media.providerId() : null;
            incoming.add(new Incoming(item.key(), message(item, id, thread, links, sender.at(), now), file));
            if (item.update().content() instanceof InboundContent.Unsupported) {
                kept.add(new Kept(
                        item.row(),
                        "set_aside",
                        item.update().providerMessageId(),
                        "its content is of a kind that is not served"));
            }
        }
        Set<UUID> inserted = InboundStore.insert(connection, incoming);
        incoming.stream()
                .map(Incoming::message)
                .filter(message -> inserted.contains(message.id()))
                .forEach(message -> arrivals.add(message.organizationId(), message.threadId(), ids.next(), now));
        PendingStore.unpark(connection, incoming.stream().map(Incoming::key).toList());
        return kept;
    }

    /** Providers deliver more than once: each message counts once, within this group too. */
    private List<Item> fresh(Connection connection, List<Item> items) throws SQLException {
        if (items.isEmpty()) {
            return List.of();
        }
        Map<ProviderMessage, Item> first = new LinkedHashMap<>();
        items.forEach(item -> first.putIfAbsent(item.key(), item));
        Set<ProviderMessage> known = InboundStore.known(connection, List.copyOf(first.keySet()));
        known.addAll(fingerprints.erased(connection, first.keySet()));
        List<Item> fresh = first.values().stream()
                .filter(item -> !known.contains(item.key()))
                .toList();
        Set<NamedBy> gone = fingerprints.receivedBefore(connection, names(fresh));
        return fresh.stream()
                .filter(item -> item.names().noneMatch(gone::contains))
                .toList();
    }

    private static List<NamedBy> names(List<Item> items) {
        return items.stream().flatMap(Item::names).distinct().toList();
    }

    /**
     * A thread is made for who had one a moment ago when an erasure was waited for. It has left word by now, and the next run
     * of this transaction goes by it.
     */
    private void requireUnerased(Connection connection, List<Item> items) throws SQLException {
        if (!fingerprints.receivedBefore(connection, names(items)).isEmpty()) {
            throw new SQLException("a person was erased this moment", "40001");
        }
    }

    private InboundSender sender(Item item, Instant now) {
        Connector connector = Objects.requireNonNull(connectors.get(item.row().provider()));
        Instant at = item.update().at();
        return new InboundSender(
                item.row().organizationId(),
                connector.channel(),
                item.row().accountId(),
                item.update().from(),
                at.isAfter(now.plus(LEEWAY)) ? now : at);
    }

    private static Message message(Item item, UUID id, UUID thread, InboundLinks links, Instant at, Instant now) {
        Delivery delivered =
                new Delivery(DeliveryStatus.DELIVERED, List.of(), new StatusTimes(null, null, at, null, null), null);
        return new Message(
                item.row().organizationId(),
                id,
                thread,
                Origin.INBOUND,
                null,
                InboundPayload.of(item.update().content(), links.context(item), links.target(item)),
                null,
                delivered,
                Phase.DONE,
                null,
                null,
                1,
                now,
                now);
    }
}
