package dev.parley.server.conversations;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations true when something happens to their threads, in the transaction in which it does. Each locks the row of the
 * conversation until then: whatever else the transaction locks, it must have locked before. The methods on threads need the
 * thread's dispatch row to be locked.
 */
public final class Conversations {

    /** A conversation that waited for a merge is looked for again; merges of merges are few. */
    private static final int MOST_LOOKS = 10;

    private Conversations() {}

    /**
     * A new thread has a candidate, and so a conversation.
     *
     * @param id of the conversation
     * @return what is to be told of it
     */
    public static Event begin(
            Connection connection, UUID organization, UUID id, UUID thread, UUID candidate, Instant at)
            throws SQLException {
        Conversation made = Conversation.begun(organization, id, thread, candidate, 0, at);
        ConversationStore.insert(connection, made);
        return made.created();
    }

    /**
     * A thread that had no candidate has one from now on.
     *
     * @param newId of the conversation, should it be the thread's first
     * @return what is to be told of it
     */
    public static Event candidate(
            Connection connection, UUID organization, UUID newId, UUID thread, UUID candidate, Instant at)
            throws SQLException {
        List<Conversation> found = ConversationStore.lockOfThreads(connection, organization, thread);
        if (found.isEmpty()) {
            return begin(connection, organization, newId, thread, candidate, at);
        }
        Conversation before = found.getFirst();
        return save(connection, before, before.with(thread, candidate, at));
    }

    /**
     * One thread took the place of another, and of its conversation.
     *
     * @param candidate of the thread that stays
     * @return what is to be told of it, and which conversation is gone
     */
    public static Merged merged(
            Connection connection, UUID organization, UUID kept, UUID gone, @Nullable UUID candidate, Instant at)
            throws SQLException {
        Conversation ofKept = null;
        Conversation ofGone = null;
        for (Conversation found : ConversationStore.lockOfThreads(connection, organization, kept, gone)) {
            if (found.threadId().equals(kept)) {
                ofKept = found;
            } else {
                ofGone = found;
            }
        }
        if (ofGone == null) {
            return new Merged(null, List.of());
        }
        if (ofKept == null) {
            return new Merged(null, List.of(save(connection, ofGone, ofGone.with(kept, candidate, at))));
        }
        ConversationStore.delete(connection, organization, ofGone.id());
        boolean open =
                ofKept.status().equals(ConversationType.OPEN) || ofGone.status().equals(ConversationType.OPEN);
        Conversation both = new Conversation(
                organization,
                ofKept.id(),
                kept,
                candidate,
                open ? ConversationType.OPEN : ConversationType.CLOSED,
                ofKept.unread() + ofGone.unread(),
                ofKept.version() + 1,
                ofKept.createdAt(),
                at);
        List<Event> events = new ArrayList<>();
        if (!both.changed(ofKept).isEmpty()) {
            events.add(save(connection, ofKept, both));
        }
        events.add(ofGone.deleted(at));
        return new Merged(ofGone.id(), events);
    }

    /**
     * What came of a merge.
     *
     * @param gone the conversation that is no more; null where there was none
     */
    public record Merged(@Nullable UUID gone, List<Event> events) {}

    /** A thread is gone. The event of its conversation's end; null when it had none. */
    public static @Nullable Event removed(Connection connection, UUID organization, UUID thread, Instant at)
            throws SQLException {
        List<Conversation> found = ConversationStore.lockOfThreads(connection, organization, thread);
        if (found.isEmpty()) {
            return null;
        }
        ConversationStore.delete(connection, organization, found.getFirst().id());
        return found.getFirst().deleted(at);
    }

    /** Messages of a thread were marked read: what is left is counted anew. Tells of it. */
    public static void read(Connection connection, UUID organization, UUID thread, Instant at) throws SQLException {
        Conversation before = lock(connection, organization, thread);
        if (before != null) {
            // A statement of its own: its snapshot is taken under the lock, so it sees what is counted already, and no
            // more.
            recount(connection, before, ConversationStore.count(connection, organization, before.threadId()), at);
        }
    }

    /** A message of a thread that was unread is gone. Tells of it. */
    public static void lost(Connection connection, UUID organization, UUID thread, Instant at) throws SQLException {
        Conversation before = lock(connection, organization, thread);
        if (before != null) {
            recount(connection, before, before.unread() - 1, at);
        }
    }

    private static void recount(Connection connection, Conversation before, int unread, Instant at)
            throws SQLException {
        if (Math.max(0, unread) != before.unread()) {
            EventLog.append(connection, save(connection, before, before.withUnread(unread, at)));
        }
    }

    /** The conversation of a thread, or of the one that took its place; null without one. */
    private static @Nullable Conversation lock(Connection connection, UUID organization, UUID thread)
            throws SQLException {
        UUID asked = null;
        for (int look = 0; look < MOST_LOOKS; look++) {
            UUID now = ConversationStore.thread(connection, organization, thread);
            if (now == null || now.equals(asked)) {
                return null;
            }
            List<Conversation> found = ConversationStore.lockOfThreads(connection, organization, now);
            if (!found.isEmpty()) {
                return found.getFirst();
            }
            asked = now;
        }
        return null;
    }

    private static Event save(Connection connection, Conversation before, Conversation after) throws SQLException {
        ConversationStore.update(connection, after);
        return after.updated(after.changed(before));
    }
}
