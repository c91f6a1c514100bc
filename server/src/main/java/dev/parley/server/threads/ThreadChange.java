package dev.parley.server.threads;

import dev.parley.connector.Address;
import dev.parley.connector.IdentifierCheck;
import dev.parley.server.conversations.Conversations;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.threads.AddressStore.Claim;
import dev.parley.server.threads.AddressStore.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes a thread as a customer asks for. */
final class ThreadChange {

    private final ChannelIdentifiers identifiers;
    private final Ids ids;

    /** @param ids of conversations */
    ThreadChange(ChannelIdentifiers identifiers, Ids ids) {
        this.identifiers = identifiers;
        this.ids = ids;
    }

    /** In one transaction. Nothing is written unless everything can be. */
    ThreadOutcome run(Connection connection, ThreadKey key, ThreadPatch patch) throws SQLException {
        MessageThread found = ThreadStore.find(connection, key);
        if (found == null) {
            return new ThreadOutcome.Gone();
        }
        if (ThreadStore.lockDispatch(connection, Set.of(found.key())).isEmpty()) {
            throw new SQLException("the thread was removed or merged this moment", "40001");
        }
        ThreadStore.lock(connection, Set.of(found.key()));
        MessageThread before =
                ThreadStore.read(connection, List.of(found.key())).getFirst();
        MessageThread draft = patch.applied(before);
        return switch (identifiers.check(draft.channel(), draft.identifier())) {
            case IdentifierCheck.Invalid(String detail) -> new ThreadOutcome.BadIdentifier(detail);
            case IdentifierCheck.Valid(String identifier) ->
                change(
                        connection,
                        before,
                        draft.with(
                                draft.channel(), identifier, draft.chatbotPaused(), draft.candidateId(), patch.at()));
        };
    }

    private ThreadOutcome change(Connection connection, MessageThread before, MessageThread draft) throws SQLException {
        List<String> fields = fields(before, draft);
        if (fields.isEmpty()) {
            return new ThreadOutcome.Changed(before);
        }
        ThreadOutcome problem = problem(connection, before, draft);
        if (problem == null && (fields.contains("channel") || fields.contains("identifier"))) {
            problem = moved(connection, before, draft);
        }
        if (problem != null) {
            return problem;
        }
        ThreadStore.update(
                connection,
                new MessageThread(
                        before.organizationId(),
                        before.id(),
                        draft.channel(),
                        draft.identifier(),
                        draft.chatbotPaused(),
                        draft.candidateId(),
                        draft.channelAccountId(),
                        null,
                        null,
                        null,
                        before.version() + 1,
                        before.createdAt(),
                        draft.updatedAt()));
        // Read back: another account may have another window.
        MessageThread after =
                ThreadStore.read(connection, List.of(before.key())).getFirst();
        List<Event> events = new ArrayList<>(List.of(ThreadView.updated(after, fields)));
        UUID candidate = draft.candidateId();
        if (candidate != null && before.candidateId() == null) {
            events.add(Conversations.candidate(
                    connection, before.organizationId(), ids.next(), before.id(), candidate, draft.updatedAt()));
        }
        EventLog.append(connection, events);
        return new ThreadOutcome.Changed(after);
    }

    private static List<String> fields(MessageThread before, MessageThread after) {
        List<String> fields = new ArrayList<>();
        compare(fields, "channel", before.channel(), after.channel());
        compare(fields, "identifier", before.identifier(), after.identifier());
        compare(fields, "chatbotPaused", before.chatbotPaused(), after.chatbotPaused());
        compare(fields, "candidateId", before.candidateId(), after.candidateId());
        compare(fields, "channelAccountId", before.channelAccountId(), after.channelAccountId());
        return fields;
    }

    private static void compare(List<String> fields, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            fields.add(name);
        }
    }

    private static @Nullable ThreadOutcome problem(Connection connection, MessageThread before, MessageThread draft)
            throws SQLException {
        UUID candidate = draft.candidateId();
        if (before.candidateId() != null && !before.candidateId().equals(candidate)) {
            return new ThreadOutcome.CandidateFixed();
        }
        boolean channelChanges = !before.channel().equals(draft.channel());
        if (channelChanges && RelatedStore.hasMessages(connection, before.key())) {
            return new ThreadOutcome.ChannelFixed();
        }
        if (before.candidateId() == null && candidate != null) {
            ThreadOutcome problem = RelatedStore.candidate(connection, before.organizationId(), candidate);
            if (problem != null) {
                return problem;
            }
        }
        UUID account = draft.channelAccountId();
        boolean sameAccount = !channelChanges && Objects.equals(account, before.channelAccountId());
        return account == null || sameAccount
                ? null
                : RelatedStore.account(connection, before.organizationId(), account, draft.channel());
    }

    /**
     * Gives the thread the address of its new identifier. One that was not the thread's is another person's, or another
     * number of the same: what was known of the old one, its windows too, goes.
     */
    private @Nullable ThreadOutcome moved(Connection connection, MessageThread before, MessageThread draft)
            throws SQLException {
        Address address = identifiers.addressOf(draft.channel(), draft.identifier());
        OwnedAddress wanted = OwnedAddress.of(before.organizationId(), draft.channel(), address);
        Owner owner = AddressStore.owners(connection, List.of(wanted)).get(wanted);
        if (owner != null) {
            if (!owner.threadId().equals(before.id())) {
                return new ThreadOutcome.Taken(owner.threadId());
            }
            AddressStore.claim(connection, List.of(new Claim(wanted, before.id())));
            return null;
        }
        AddressStore.release(connection, before.key());
        if (AddressStore.claim(connection, List.of(new Claim(wanted, before.id()))) == 0) {
            throw new SQLException("another transaction gave the address away", "40001");
        }
        return null;
    }
}
