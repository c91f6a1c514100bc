package dev.parley.server.threads;

import dev.parley.connector.Address;
import dev.parley.connector.Connector;
import dev.parley.connector.ProviderUpdate;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a person is: which thread has their addresses. Two threads that turn out to be one person's are noted in the same
 * transaction and merged by {@code ThreadSweep} in one of its own. Safe for use by many threads at once.
 */
public final class ThreadIdentity {

    private final Database database;
    private final Map<String, Connector> connectors = new HashMap<>();
    private final Ids ids;
    private final InstantSource clock;
    private final Runnable noticed;

    /**
     * @param connectors the first of each channel says what its windows and addresses are
     * @param noticed is told that {@code ThreadSweep} has something to do; a hint, as the sweep looks by itself
     */
    public ThreadIdentity(
            Database database, List<Connector> connectors, Ids ids, InstantSource clock, Runnable noticed) {
        this.database = database;
        connectors.forEach(connector -> this.connectors.putIfAbsent(connector.channel(), connector));
        this.ids = ids;
        this.clock = clock;
        this.noticed = noticed;
    }

    /**
     * Finds the thread of each sender by any of its addresses, and makes those that are missing. Addresses that were not
     * known are the thread's from now on. Opens the windows, remembers the account that was written to and that a message
     * was stored at {@code now}.
     *
     * <p>Holds, until the transaction ends, the dispatch rows of all these threads, locked in key order: call it before
     * anything else is locked, and only for messages that are new. A sender whose addresses belong to two threads gets the
     * older one.
     *
     * @param now when the messages are stored
     * @throws SQLException with state 40001 when another transaction was in the way; the whole transaction is then to be
     *     run again
     */
    public Map<InboundSender, ResolvedThread> resolveInbound(
            Connection connection, List<InboundSender> senders, Instant now) throws SQLException {
        return senders.isEmpty() ? Map.of() : new InboundResolution(connection, connectors, ids, now).resolve(senders);
    }

    /**
     * A provider named the person of a thread by these addresses: they are the thread's from now on, or, where one belongs
     * to another thread, the two are to be merged. Nothing happens when all of it is known, or the thread is gone. Its own
     * transaction.
     */
    public void learned(UUID organization, UUID thread, @Nullable Address sentTo, List<Address> addresses) {
        ThreadKey key = new ThreadKey(organization, thread);
        if (addresses.isEmpty() || database.call(connection -> Learning.isKnown(connection, key, addresses))) {
            return;
        }
        Instant now = clock.instant();
        if (database.transact(connection -> Learning.learn(connection, key, sentTo, addresses, now))) {
            noticed.run();
        }
    }

    /**
     * The person of a thread goes by other addresses from now on. The thread learns them, its identifier follows, and what was
     * written from the former ones before still belongs to it. Where the new ones are another thread's, the two are to be
     * merged. Nothing happens when nobody is known by any of them, or when it was known before. In the caller's transaction,
     * which must have locked no dispatch row yet.
     *
     * @throws SQLException with state 40001 as {@link #resolveInbound}
     */
    public void renamed(Connection connection, UUID organization, String channel, ProviderUpdate.Renamed update)
            throws SQLException {
        new Renaming(connection, organization, channel, update, clock.instant()).run();
    }

    /** How long a window is on a channel; null when it has none. */
    static @Nullable Duration window(Map<String, Connector> connectors, String channel) {
        Connector connector = connectors.get(channel);
        return connector == null ? null : connector.capabilities().window();
    }
}
