package dev.parley.server.platform.notify;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the other nodes' hints, over a connection of its own that is made again whenever it is lost. With its session the node
 * lives and dies: the session holds a lock by which others know of the node, and the database drops it with the session, also
 * when the process was killed. Cycles are run by one thread at a time; the rest is safe for use by many.
 */
public final class Listener implements AutoCloseable {

    /** By which a node that can hear tells the others that it is there. */
    private static final Topic NODES = new Topic("nodes");

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    /** How often the connection is tried when nothing is heard, and how long a stop may take. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    private static final Duration FIRST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;
    private final UUID node;
    private final Notifier notifier;
    private final Hearing hearing;
    private final Rest rest;
    private final LongSupplier ticker;
    private final Thread thread;
    private volatile @Nullable Connection connection;
    private volatile boolean closed;
    private volatile int others;
    private long checkedAt;
    private Duration nextRest = FIRST_REST;

    /**
     * @param notifier learns whether anybody else is there
     * @param ticker nanoseconds of a clock that only goes forward
     */
    public Listener(Database database, UUID node, Notifier notifier, Hearing hearing, Rest rest, LongSupplier ticker) {
        this.database = database;
        this.node = node;
        this.notifier = notifier;
        this.hearing = hearing;
        this.rest = rest;
        this.ticker = ticker;
        this.thread = Thread.ofVirtual().name("listener").unstarted(this::run);
    }

    /** Connects, or goes on trying, and listens in a thread of its own. */
    public void start() {
        connect();
        thread.start();
    }

    /** Whether hints can be heard. */
    public boolean connected() {
        return connection != null;
    }

    /** How many other nodes lived when it was last looked. */
    public int others() {
        return others;
    }

    private void run() {
        try {
            while (!closed) {
                rest.rest(runOneCycle(CHECK));
            }
        } catch (InterruptedException expected) {
            // it is closed
        }
    }

    /**
     * Hears what there is, waiting for it so long at most, or tries to connect.
     *
     * @return how long to rest before the next cycle
     */
    Duration runOneCycle(Duration most) {
        Connection known = connection;
        if (known == null) {
            return connect();
        }
        try {
            hear(known, most);
            if (ticker.getAsLong() - checkedAt >= CHECK.toNanos()) {
                look(known);
            }
            return Duration.ZERO;
        } catch (SQLException lost) {
            disconnect();
            if (!closed) {
                LOG.warn("the listener's connection was lost, SQL state {}", lost.getSQLState());
            }
            return Duration.ZERO;
        }
    }

    private Duration connect() {
        try {
            Connection made = database.direct("parley listener");
            connection = made;
            List<Topic> topics = new ArrayList<>(hearing.topics().keySet());
            topics.add(NODES);
            NotifyStore.begin(made, node, topics);
            look(made);
        } catch (SQLException e) {
            disconnect();
            Duration now = nextRest;
            Duration doubled = now.multipliedBy(2);
            nextRest = doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
            return now;
        }
        nextRest = FIRST_REST;
        guarded(hearing.connected());
        notifier.tellAnyway(NODES, "here");
        return Duration.ZERO;
    }

    private void look(Connection known) throws SQLException {
        others = NotifyStore.others(known, node);
        notifier.becomeAlone(others == 0);
        checkedAt = ticker.getAsLong();
    }

    private void hear(Connection known, Duration most) throws SQLException {
        PGNotification[] heard = known.unwrap(PGConnection.class).getNotifications((int) most.toMillis());
        if (heard == null) {
            return;
        }
        for (PGNotification one : heard) {
            Hint hint = Hint.read(one.getParameter());
            if (!node.equals(hint.from())) {
                if (one.getName().equals(NODES.channel())) {
                    look(known);
                }
                hearing.topics().entrySet().stream()
                        .filter(entry -> entry.getKey().channel().equals(one.getName()))
                        .forEach(entry -> pass(hint, entry.getValue()));
            }
        }
    }

    private static void pass(Hint hint, Consumer<Hint> hears) {
        guarded(() -> hears.accept(hint));
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("a hint could not be followed: {}", e.getMessage());
        }
    }

    private void disconnect() {
        Connection known = connection;
        connection = null;
        // Somebody may be there, and can't be seen.
        notifier.becomeAlone(false);
        if (known != null) {
            abort(known);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException expected) {
            // it was lost already
        }
    }

    /** Hears nothing more; the node is gone for the others. */
    @Override
    public void close() {
        closed = true;
        Connection known = connection;
        if (known != null) {
            // Another thread waits in it for hints; closing it in good order would wait for that.
            abort(known);
        }
        thread.interrupt();
        try {
            if (thread.isAlive() && !thread.join(PATIENCE)) {
                LOG.warn("the listener does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}
