package dev.parley.server.threads;

import dev.parley.server.conversations.Conversations;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.threads.MergeListStore.Pair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes one thread of two. The older stays; the other's id leads to it from now on. */
final class Merge {

    /** What came of it. */
    sealed interface Outcome {
        /**
         * They are one.
         *
         * @param woken the account that the thread has work for; null when it has none
         */
        record Merged(@Nullable UUID woken) implements Outcome {}

        /** They were one already, or one of them is gone. */
        record Nothing() implements Outcome {}

        /** A message of the thread that is to go is being sent: later. */
        record Postponed() implements Outcome {}
    }

    private Merge() {}

    static Outcome run(Connection connection, Pair pair, Instant now) throws SQLException {
        MessageThread one = ThreadStore.find(connection, pair.one());
        MessageThread other = ThreadStore.find(connection, pair.other());
        if (one == null || other == null || one.id().equals(other.id())) {
            MergeListStore.strike(connection, pair);
            return new Outcome.Nothing();
        }
        Set<ThreadKey> keys = Set.of(one.key(), other.key());
        if (ThreadStore.lockDispatch(connection, keys).size() < keys.size()) {
            throw new SQLException("one of the threads was removed or merged this moment", "40001");
        }
        ThreadStore.lock(connection, keys);
        List<MessageThread> locked = ThreadStore.read(connection, keys);
        return merge(connection, pair, locked.getFirst(), locked.getLast(), now);
    }

    private static Outcome merge(Connection connection, Pair pair, MessageThread a, MessageThread b, Instant now)
            throws SQLException {
        boolean aStays = a.createdAt().equals(b.createdAt())
                ? a.id().compareTo(b.id()) < 0
                : a.createdAt().isBefore(b.createdAt());
        MessageThread kept = aStays ? a : b;
        MessageThread gone = aStays ? b : a;
        if (MergeStore.hasOpenAttempt(connection, gone.key())) {
            // Its result could neither advance nor release a thread that is no more, and a crash would leave it open
            // for ever.
            return new Outcome.Postponed();
        }
        String identifier = Identifier.ofMerged(connection, kept, gone);
        MergeStore.moveWork(connection, kept, gone);
        MergeStore.moveIdentity(connection, kept, gone);
        MergeStore.redirect(connection, kept, gone, now);
        tell(connection, kept, gone, identifier, now);
        MergeListStore.strike(connection, pair);
        return new Outcome.Merged(MergeStore.accountWithWork(connection, kept.key()));
    }

    private static void tell(
            Connection connection, MessageThread kept, MessageThread gone, String identifier, Instant now)
            throws SQLException {
        List<Event> events = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        UUID candidate = kept.candidateId();
        if (!kept.identifier().equals(identifier)) {
            fields.add("identifier");
        }
        if (candidate == null && gone.candidateId() != null) {
            candidate = gone.candidateId();
            fields.add("candidateId");
        }
        if (!fields.isEmpty()) {
            ThreadStore.update(connection, kept.with(kept.channel(), identifier, kept.chatbotPaused(), candidate, now));
            for (MessageThread after : ThreadStore.read(connection, List.of(kept.key()))) {
                events.add(ThreadView.updated(after, fields));
            }
        }
        events.add(ThreadView.deleted(gone.key(), now));
        Conversations.Merged conversations =
                Conversations.merged(connection, kept.organizationId(), kept.id(), gone.id(), candidate, now);
        if (conversations.gone() != null) {
            // Nothing leads from the person to it any more, once they are to be erased.
            BlankEventStore.blank(connection, kept.organizationId(), List.of(conversations.gone()));
        }
        events.addAll(conversations.events());
        EventLog.append(connection, events);
    }
}
