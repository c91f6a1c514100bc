package dev.parley.server.threads;

import dev.parley.server.events.EventLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Takes a thread out of service, before its messages are removed. */
public final class ThreadRemoval {

    private static final String MARK = """
            update threads t set deleted_at = ?, updated_at = ?, version = version + 1, emptying = true,
                   former_addresses = (select array_agg(a.value) from thread_addresses a
                                       where a.organization_id = t.organization_id and a.thread_id = t.id)
            where t.organization_id = ? and t.id = ? and t.deleted_at is null
            """;

    private ThreadRemoval() {}

    /**
     * From the commit on nothing of the thread is accepted or sent, and its addresses are nobody's. An attempt that is under
     * way ends as it does; its result finds no thread to advance.
     *
     * @return how many events were blanked; empty when it was not in service: a merged thread is not, the one that took its
     *     place is
     */
    public static OptionalInt begin(Connection connection, UUID organization, UUID thread, Instant now)
            throws SQLException {
        ThreadKey key = new ThreadKey(organization, thread);
        if (ThreadStore.lockDispatch(connection, Set.of(key)).isEmpty()) {
            return OptionalInt.empty();
        }
        ThreadStore.lock(connection, Set.of(key));
        try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setObject(2, now.atOffset(ZoneOffset.UTC));
            statement.setObject(3, organization);
            statement.setObject(4, thread);
            statement.executeUpdate();
        }
        AddressStore.release(connection, key);
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from thread_dispatch where organization_id = ? and thread_id = ?")) {
            statement.setObject(1, organization);
            statement.setObject(2, thread);
            statement.executeUpdate();
        }
        int blanked = BlankEventStore.blank(connection, organization, List.of(thread));
        EventLog.append(connection, ThreadView.deleted(key, now));
        return OptionalInt.of(blanked);
    }
}
