package dev.parley.server.threads;

import dev.parley.server.events.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What threads remember of channel accounts. */
public final class ThreadAccounts {

    /** So many of an organization's threads are looked at in one transaction. */
    static final int CHUNK = 1000;

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private static final List<String> FIELDS = List.of("channelAccountId");

    private ThreadAccounts() {}

    /**
     * Lets go of an account that is removed: threads that named it go through their channel's default from now on. Each
     * that the customer had bound to it gets an event; for those that were merely last written to from it nothing changes
     * that a customer sees. The first chunk is done in the transaction that removes the account, the others by {@link
     * ThreadSweep}.
     */
    public static void release(Connection connection, UUID organization, UUID account, Instant at) throws SQLException {
        UUID next = chunk(connection, organization, account, FIRST, at);
        if (next != null) {
            ThreadAccountStore.postpone(connection, organization, account, next);
        }
    }

    /** Goes on where it was left; false when there is nothing to do. */
    static boolean goOn(Connection connection, Instant at) throws SQLException {
        ThreadAccountStore.Postponed left = ThreadAccountStore.postponed(connection);
        if (left == null) {
            return false;
        }
        UUID next = chunk(connection, left.organizationId(), left.accountId(), left.next(), at);
        if (next == null) {
            ThreadAccountStore.finish(connection, left.organizationId(), left.accountId());
        } else {
            ThreadAccountStore.postpone(connection, left.organizationId(), left.accountId(), next);
        }
        return true;
    }

    /** Where the next chunk begins, which does that thread once more; null when this was the last. */
    private static @Nullable UUID chunk(Connection connection, UUID organization, UUID account, UUID from, Instant at)
            throws SQLException {
        UUID next = ThreadAccountStore.next(connection, organization, from, CHUNK);
        UUID to = next == null ? LAST : next;
        ThreadAccountStore.forget(connection, organization, account, from, to);
        List<ThreadKey> released = ThreadAccountStore.release(connection, organization, account, at, from, to);
        EventLog.append(
                connection,
                ThreadStore.read(connection, released).stream()
                        .map(thread -> ThreadView.updated(thread, FIELDS))
                        .toList());
        return next;
    }
}
