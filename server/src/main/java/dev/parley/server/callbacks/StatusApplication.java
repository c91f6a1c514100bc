package dev.parley.server.callbacks;

import dev.parley.connector.ProviderError;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.ProviderUpdate.Reported;
import dev.parley.server.callbacks.StatusStore.Evidence;
import dev.parley.server.callbacks.StatusStore.Found;
import dev.parley.server.callbacks.StatusStore.Matched;
import dev.parley.server.callbacks.StatusStore.Named;
import dev.parley.server.dispatch.Reference;
import dev.parley.server.erasure.ProviderMessage;
import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageChange;
import dev.parley.server.messages.MessageChangeStore;
import dev.parley.server.messages.MessageError;
import dev.parley.server.messages.Phase;
import dev.parley.server.messages.StatusRules;
import dev.parley.server.platform.db.Together;
import dev.parley.server.platform.db.TransactionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies a group of statuses to the messages that they are about, in one transaction. Of one thread.
 *
 * @param <S> what a status came in
 */
final class StatusApplication<S> {

    /** A status, what it came in, and the account that was told. */
    record Item<S>(S source, UUID organizationId, UUID accountId, ProviderUpdate.Status status) {

        /** The message as the provider names it; null when the status doesn't. */
        @Nullable
        ProviderMessage key() {
            String id = status.providerMessageId();
            return id == null ? null : new ProviderMessage(organizationId, accountId, id);
        }
    }

    private final Instant now;
    private final List<MessageChange> changes = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Message> released = new ArrayList<>();
    private final List<Item<S>> unmatched = new ArrayList<>();
    private final List<S> applied = new ArrayList<>();
    private final List<StatusFollowUp.Learned> learned = new ArrayList<>();
    private @Nullable String transactionId;

    StatusApplication(Instant now) {
        this.now = now;
    }

    /** Statuses that name a message by the provider's id alone, and match none: they may have come before the answer. */
    List<Item<S>> unmatched() {
        return unmatched;
    }

    /** What the statuses came in that are done with. */
    List<S> applied() {
        return applied;
    }

    /** What is to be done once the transaction is committed. */
    StatusFollowUp followUp() {
        return new StatusFollowUp(List.copyOf(released), List.copyOf(learned));
    }

    /** Its {@link TransactionId}; null when no message was found. */
    @Nullable
    String transactionId() {
        return transactionId;
    }

    /** Finds the messages, locks them and decides; what is to be written is added to {@code writes}. */
    void run(Connection connection, Together writes, List<Item<S>> items) throws SQLException {
        List<Named> named = items.stream().map(StatusApplication::named).toList();
        Found found = StatusStore.match(connection, named);
        transactionId = found.transactionId();
        Map<ChangeStore.Key, Message> current = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Matched match = found.matched().get(i);
            if (match != null) {
                apply(items.get(i), match, current);
                applied.add(items.get(i).source());
            } else if (named.get(i).messageId() == null) {
                unmatched.add(items.get(i));
            } else {
                // Our own reference, and no such message any more: it was deleted or erased.
                applied.add(items.get(i).source());
            }
        }
        StatusStore.prove(writes, evidence);
        MessageChangeStore.write(writes, changes);
    }

    static Named named(Item<?> item) {
        Reference reference = Reference.parse(item.status().reference());
        String providerId = item.status().providerMessageId();
        if (reference == null || !reference.organizationId().equals(item.organizationId())) {
            return new Named(item.organizationId(), item.accountId(), null, 0, providerId);
        }
        return new Named(
                item.organizationId(), item.accountId(), reference.messageId(), reference.attempt(), providerId);
    }

    private void apply(Item<S> item, Matched match, Map<ChangeStore.Key, Message> current) {
        ProviderUpdate.Status status = item.status();
        Message message = current.getOrDefault(key(match.message()), match.message());
        if (!match.proved() || status.status() == Reported.FAILED) {
            evidence.add(evidence(message, match.attempt(), status));
        }
        MessageError error = status.error() == null ? null : MessageError.of(status.error());
        Delivery next = StatusRules.reported(message.delivery(), status.status(), status.at(), error);
        if (next == null) {
            return;
        }
        Phase phase = phaseAfter(message);
        MessageChange change = MessageChange.delivery(message, next, phase, now);
        changes.add(change);
        current.put(key(message), change.after());
        if (message.phase() == Phase.HOLD || message.phase() == Phase.QUEUED) {
            released.add(message);
        }
        if (message.delivery().doubtSince() != null && !status.addresses().isEmpty()) {
            learned.add(new StatusFollowUp.Learned(message, status.addresses()));
        }
    }

    private static ChangeStore.Key key(Message message) {
        return new ChangeStore.Key(message.organizationId(), message.id());
    }

    /** While an attempt is open its result decides about the phase; otherwise evidence ends whatever was waited for. */
    private static Phase phaseAfter(Message message) {
        return message.phase() == Phase.OPEN ? Phase.OPEN : Phase.DONE;
    }

    private static Evidence evidence(Message message, int attempt, ProviderUpdate.Status status) {
        @Nullable ProviderError error = status.status() == Reported.FAILED ? status.error() : null;
        return new Evidence(
                message.organizationId(),
                message.id(),
                attempt,
                status.providerMessageId(),
                error == null ? null : error.providerCode(),
                error == null ? null : MessageError.of(error).json());
    }
}
