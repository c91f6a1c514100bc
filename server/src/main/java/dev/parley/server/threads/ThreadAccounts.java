package dev.parley.server.threads;

import dev.parley.server.events.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What threads remember of channel accounts. */
public final class ThreadAccounts {

    /** So many threads are let go of by one statement, and held in memory for their events. */
    static final int CHUNK = 500;

    private static final List<String> FIELDS = List.of("channelAccountId");

    private ThreadAccounts() {}

    /**
     * Lets go of an account that is removed: threads that named it go through their channel's default from now on. Each
     * that the customer had bound to it gets an event; for those that were merely last written to from it nothing changes
     * that a customer sees. Chunk by chunk, in the transaction that removes the account.
     */
    public static void release(Connection connection, UUID organization, UUID account, Instant at) throws SQLException {
        ThreadAccountStore.forget(connection, organization, account);
        List<ThreadKey> released;
        do {
            released = ThreadAccountStore.release(connection, organization, account, at, CHUNK);
            EventLog.append(
                    connection,
                    ThreadStore.read(connection, released).stream()
                            .map(thread -> ThreadView.updated(thread, FIELDS))
                            .toList());
        } while (released.size() == CHUNK);
    }
}
