package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction around several uses of the database; see {@link Database#surround}. Belongs to one thread. */
public final class Surrounding {

    private final Connection connection;
    private final @Nullable Savepoint begun;
    private final List<Runnable> afterwards = new ArrayList<>();
    private boolean undone;

    /** @param begun where it began inside of another; null for the outermost */
    Surrounding(Connection connection, @Nullable Savepoint begun) {
        this.connection = connection;
        this.begun = begun;
    }

    /** Nothing of what was done inside stays. */
    public void undo() {
        undone = true;
    }

    /** For what is to be one with the rest. Not to be committed, rolled back or closed. */
    public Connection connection() {
        return connection;
    }

    boolean undone() {
        return undone;
    }

    void afterwards(Runnable effect) {
        afterwards.add(effect);
    }

    List<Runnable> effects() {
        return afterwards;
    }

    /** Ends one that is inside of another: what it did belongs to that one now, or is gone. */
    void end(Surrounding outer) throws SQLException {
        if (!undone) {
            outer.afterwards.addAll(afterwards);
        } else if (begun == null) {
            outer.undo();
        } else {
            connection.rollback(begun);
        }
    }
}
