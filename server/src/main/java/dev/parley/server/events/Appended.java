package dev.parley.server.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes the readers of the event log when events were appended, on this node or on another. A wake-up may come late, twice, or,
 * from another node, not at all, and what it is about may still lie beyond the {@link Horizon}: a reader looks by itself once a
 * second, too. Safe for use by many threads at once.
 */
public final class Appended {

    private final List<Runnable> readers = new CopyOnWriteArrayList<>();

    /** @param reader is run on the thread that committed, so it only signals: it must be quick and must not throw */
    public void wakes(Runnable reader) {
        readers.add(reader);
    }

    /** Wakes all readers; takes no time. */
    public void signal() {
        readers.forEach(Runnable::run);
    }
}
