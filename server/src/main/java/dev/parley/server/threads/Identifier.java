package dev.parley.server.threads;

import dev.parley.connector.Address;
import dev.parley.server.events.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How a thread's identifier follows what is learned of its person. The thread's dispatch row must be locked. */
final class Identifier {

    private Identifier() {}

    /** A person who was known by an id alone is called by the number from now on. */
    static void followNumbers(Connection connection, Map<ThreadKey, String> numbers, Instant now) throws SQLException {
        if (numbers.isEmpty()) {
            return;
        }
        ThreadStore.lock(connection, numbers.keySet());
        for (MessageThread thread : ThreadStore.read(connection, numbers.keySet())) {
            String number = numbers.get(thread.key());
            if (number != null && isUserId(connection, thread)) {
                change(connection, thread, number, now);
            }
        }
    }

    /** Which of two threads' identifiers the one that stays is called by: what still names the person, a number above an id. */
    static String ofMerged(Connection connection, MessageThread kept, MessageThread gone) throws SQLException {
        IdentifierStore.Use ofKept = IdentifierStore.use(connection, kept);
        IdentifierStore.Use ofGone = IdentifierStore.use(connection, gone);
        boolean left = ofKept.former() && !ofGone.former();
        boolean number = ofKept.kind().equals(Address.USER) && ofGone.kind().equals(Address.PHONE) && !ofGone.former();
        return kept.channel().equals(gone.channel()) && (left || number) ? gone.identifier() : kept.identifier();
    }

    /** Calls the thread by another name, and tells. */
    static void change(Connection connection, MessageThread thread, String identifier, Instant now)
            throws SQLException {
        MessageThread changed =
                thread.with(thread.channel(), identifier, thread.chatbotPaused(), thread.candidateId(), now);
        ThreadStore.update(connection, changed);
        EventLog.append(connection, List.of(ThreadView.updated(changed, List.of("identifier"))));
    }

    private static boolean isUserId(Connection connection, MessageThread thread) throws SQLException {
        return IdentifierStore.use(connection, thread).kind().equals(Address.USER);
    }
}
