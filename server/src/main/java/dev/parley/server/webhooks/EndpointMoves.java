package dev.parley.server.webhooks;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes along, in the background and chunk by chunk, what is pending for a webhook whose address changed; what has nowhere to
 * go ends as failed, and can be sent again later. Safe for use by many threads and nodes at once.
 */
public final class EndpointMoves {

    /**
     * Longer than any transaction lasts: whoever saw the webhook as it was before has written its deliveries by then.
     */
    static final Duration SETTLED = Duration.ofMinutes(2);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);
    private static final int CHUNK = 500;
    private static final String NOWHERE = "the webhook is inactive, deleted or has no address";

    private final Database database;
    private final int chunk;

    /** Moves that are driven by {@link #runOneCycle}. */
    public EndpointMoves(Database database) {
        this(database, CHUNK);
    }

    EndpointMoves(Database database, int chunk) {
        this.database = database;
        this.chunk = chunk;
    }

    /**
     * Moves one chunk for one webhook.
     *
     * @return zero when nothing is due
     */
    public int runOneCycle() {
        return database.transact(this::moveSome);
    }

    private int moveSome(Connection connection) throws SQLException {
        Optional<MoveStore.Move> taken = MoveStore.take(connection, SETTLED);
        if (taken.isEmpty()) {
            return 0;
        }
        MoveStore.Move move = taken.get();
        var target = move.target();
        if (move.from().equals(target)) {
            // It came back meanwhile; what went elsewhere in between has a row of its own.
            MoveStore.done(connection, move);
            return 1;
        }
        int moved = target == null
                ? MoveStore.giveUp(connection, move, NOWHERE, chunk)
                : MoveStore.move(connection, move, target, chunk);
        if (moved > 0) {
            if (target != null) {
                EndpointStore.wake(connection, move.organization(), target);
            }
        } else if (move.last()) {
            MoveStore.done(connection, move);
        } else {
            MoveStore.later(connection, move, LOOK_AGAIN);
        }
        return 1;
    }
}
