package dev.parley.server.platform.notify;

import dev.parley.server.platform.background.Repeater;
import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes what they may want to look at. What is told within 10 ms goes together, one hint a topic, from a
 * connection of its own: in the transaction of the change it would make all commits wait for each other. A hint may be late or
 * get lost, so whoever hears them also looks by itself. While no other node lives nothing is told. Safe for use by many threads
 * at once; cycles are run by one at a time.
 */
public final class Notifier implements AutoCloseable {

    /** At most one hint of a topic in so long. */
    static final Duration PACE = Duration.ofMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    /** After which one that could not be told is tried again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Database database;
    private final Waiting waiting;
    private final Rest rest;
    private final Consumer<Topic> told;
    private @Nullable Connection connection;
    private volatile @Nullable Repeater repeater;
    /** Until it is known who else lives, somebody does. */
    private volatile boolean alone;

    /**
     * @param node who tells
     * @param told is run after each hint
     */
    public Notifier(Database database, UUID node, Rest rest, Consumer<Topic> told) {
        this.database = database;
        this.waiting = new Waiting(node);
        this.rest = rest;
        this.told = told;
    }

    /** From now on hints are told by themselves; before, and without it, {@link #close} tells them. */
    public void start() {
        repeater = Repeater.start("notifier", AGAIN, this::runOneCycle);
    }

    /**
     * Call it after the commit; takes no time.
     *
     * @param id without a space
     */
    public void tell(Topic topic, String id) {
        if (!alone) {
            tellAnyway(topic, id);
        }
    }

    void tellAnyway(Topic topic, String id) {
        waiting.add(topic, id);
        Repeater running = repeater;
        if (running != null) {
            running.signal();
        }
    }

    /** Whether there is nobody to be told. */
    void becomeAlone(boolean nobodyElse) {
        alone = nobodyElse;
    }

    /** Tells what waits, then rests for the pace; how many hints. */
    public int runOneCycle() throws InterruptedException {
        List<Waiting.Told> hints = waiting.take();
        if (hints.isEmpty()) {
            return 0;
        }
        try {
            send(hints);
        } catch (SQLException e) {
            waiting.putBack(hints);
            LOG.debug("hints could not be told, SQL state {}", e.getSQLState());
            return 0;
        }
        hints.forEach(one -> told.accept(one.topic()));
        rest.rest(PACE);
        return hints.size();
    }

    private void send(List<Waiting.Told> hints) throws SQLException {
        Connection known = connection;
        if (known != null) {
            try {
                NotifyStore.tell(known, hints);
                return;
            } catch (SQLException lost) {
                disconnect();
            }
        }
        Connection fresh = database.direct("parley notifier");
        connection = fresh;
        NotifyStore.tell(fresh, hints);
    }

    private void disconnect() {
        Connection known = connection;
        connection = null;
        if (known != null) {
            try {
                known.close();
            } catch (SQLException expected) {
                // it was lost already
            }
        }
    }

    /** Tells what still waits, once, and ends. */
    @Override
    public void close() {
        Repeater running = repeater;
        if (running != null) {
            running.close();
        }
        try {
            runOneCycle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }
}
