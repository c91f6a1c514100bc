package dev.parley.server.threads;

import dev.parley.connector.IdentifierCheck;
import dev.parley.server.conversations.Conversations;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.threads.AddressStore.Claim;
import dev.parley.server.threads.AddressStore.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens a thread, or finds the one that is the person's already. */
final class ThreadOpening {

    private final ChannelIdentifiers identifiers;
    private final Ids ids;

    /** @param ids of conversations */
    ThreadOpening(ChannelIdentifiers identifiers, Ids ids) {
        this.identifiers = identifiers;
        this.ids = ids;
    }

    /**
     * In one transaction.
     *
     * @param wanted the thread to be made, its identifier as written
     * @param chosenId whether the caller chose its id
     */
    ThreadOutcome run(Connection connection, MessageThread wanted, boolean chosenId) throws SQLException {
        return switch (identifiers.check(wanted.channel(), wanted.identifier())) {
            case IdentifierCheck.Invalid(String detail) -> new ThreadOutcome.BadIdentifier(detail);
            case IdentifierCheck.Valid(String identifier) -> open(connection, wanted, identifier, chosenId);
        };
    }

    private ThreadOutcome open(Connection connection, MessageThread wanted, String identifier, boolean chosenId)
            throws SQLException {
        ThreadOutcome problem = related(connection, wanted);
        if (problem != null) {
            return problem;
        }
        OwnedAddress address = OwnedAddress.of(
                wanted.organizationId(), wanted.channel(), identifiers.addressOf(wanted.channel(), identifier));
        Owner owner = AddressStore.owners(connection, List.of(address)).get(address);
        if (owner != null) {
            return existing(connection, wanted, address, owner, chosenId);
        }
        if (chosenId && RelatedStore.isTaken(connection, wanted.organizationId(), wanted.id())) {
            return new ThreadOutcome.IdTaken();
        }
        MessageThread thread = new MessageThread(
                wanted.organizationId(),
                wanted.id(),
                wanted.channel(),
                identifier,
                wanted.chatbotPaused(),
                wanted.candidateId(),
                wanted.channelAccountId(),
                null,
                null,
                null,
                1,
                wanted.createdAt(),
                wanted.createdAt());
        if (AddressStore.claim(connection, List.of(new Claim(address, thread.id()))) == 0
                || ThreadStore.insert(connection, List.of(thread)) == 0) {
            throw inTheWay();
        }
        List<Event> events = new ArrayList<>(List.of(ThreadView.created(thread)));
        UUID candidate = thread.candidateId();
        if (candidate != null) {
            events.add(Conversations.begin(
                    connection, thread.organizationId(), ids.next(), thread.id(), candidate, thread.createdAt()));
        }
        EventLog.append(connection, events);
        return new ThreadOutcome.Made(thread);
    }

    private ThreadOutcome existing(
            Connection connection, MessageThread wanted, OwnedAddress address, Owner owner, boolean chosenId)
            throws SQLException {
        ThreadKey key = new ThreadKey(wanted.organizationId(), owner.threadId());
        boolean locked = !ThreadStore.lockDispatch(connection, Set.of(key)).isEmpty();
        ThreadStore.lock(connection, Set.of(key));
        MessageThread there = ThreadStore.find(connection, key);
        Owner still = AddressStore.owners(connection, List.of(address)).get(address);
        if (!locked || there == null || !owner.equals(still)) {
            throw inTheWay();
        }
        UUID candidate = wanted.candidateId();
        boolean otherCandidate =
                candidate != null && there.candidateId() != null && !candidate.equals(there.candidateId());
        if (otherCandidate || (chosenId && !leadsTo(connection, wanted.key(), there))) {
            return new ThreadOutcome.Taken(there.id());
        }
        if (candidate == null || there.candidateId() != null) {
            return new ThreadOutcome.Existing(there);
        }
        MessageThread changed =
                there.with(there.channel(), there.identifier(), there.chatbotPaused(), candidate, wanted.createdAt());
        ThreadStore.update(connection, changed);
        Event ofConversation = Conversations.candidate(
                connection, there.organizationId(), ids.next(), there.id(), candidate, changed.updatedAt());
        EventLog.append(connection, List.of(ThreadView.updated(changed, List.of("candidateId")), ofConversation));
        return new ThreadOutcome.Existing(changed);
    }

    private static boolean leadsTo(Connection connection, ThreadKey key, MessageThread thread) throws SQLException {
        MessageThread found = ThreadStore.find(connection, key);
        return found != null && found.id().equals(thread.id());
    }

    private static @Nullable ThreadOutcome related(Connection connection, MessageThread wanted) throws SQLException {
        UUID candidate = wanted.candidateId();
        UUID account = wanted.channelAccountId();
        ThreadOutcome problem =
                candidate == null ? null : RelatedStore.candidate(connection, wanted.organizationId(), candidate);
        return problem != null || account == null
                ? problem
                : RelatedStore.account(connection, wanted.organizationId(), account, wanted.channel());
    }

    /** A new thread with nothing but what the caller said. */
    static MessageThread draft(
            UUID organization,
            UUID id,
            String channel,
            String identifier,
            boolean paused,
            @Nullable UUID candidate,
            @Nullable UUID account,
            Instant now) {
        return new MessageThread(
                organization, id, channel, identifier, paused, candidate, account, null, null, null, 1, now, now);
    }

    private static SQLException inTheWay() {
        return new SQLException("another transaction made or removed this thread", "40001");
    }
}
