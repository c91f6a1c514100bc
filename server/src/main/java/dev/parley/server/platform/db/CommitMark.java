package dev.parley.server.platform.db;

import java.sql.Connection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Something that a transaction does and that others want to hear of once it is committed, for example that it appended events.
 * Who does it puts the mark on the connection and need not know who listens: {@link Database#afterCommit}. A mark is a constant;
 * it is equal to itself alone. Safe for use by many threads at once.
 */
public final class CommitMark {

    // Weak, so that a connection which is not the pool's is not held: nobody says when its transaction ends.
    private static final Map<Connection, Set<CommitMark>> UNDER_WAY = Collections.synchronizedMap(new WeakHashMap<>());

    private final String name;

    /** A mark of that name. */
    public CommitMark(String name) {
        this.name = name;
    }

    /** The transaction on this connection does it. */
    public void put(Connection connection) {
        UNDER_WAY.computeIfAbsent(connection, begun -> new HashSet<>(2)).add(this);
    }

    /** What the transaction on this connection did; from now on it did nothing. */
    static Set<CommitMark> take(Connection connection) {
        Set<CommitMark> marks = UNDER_WAY.remove(connection);
        return marks == null ? Set.of() : marks;
    }

    @Override
    public String toString() {
        return name;
    }
}
