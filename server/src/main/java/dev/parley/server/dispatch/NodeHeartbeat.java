package dev.parley.server.dispatch;

import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.util.UUID;

/**
 * Tells the other nodes that this one is alive. Evidence can only be heard while a node is: a node that finds none before it
 * grants every doubt its whole wait again.
 */
public final class NodeHeartbeat {

    private final Database database;
    private final UUID node;
    private final Duration doubtWait;

    public NodeHeartbeat(Database database, UUID node, Duration doubtWait) {
        this.database = database;
        this.node = node;
        this.doubtWait = doubtWait;
    }

    /** Once, when the node is ready to hear callbacks. */
    public void start() {
        database.transact(connection -> {
            if (!NodeStore.anyOtherAlive(connection, node)) {
                NodeStore.extendDoubts(connection, doubtWait);
            }
            NodeStore.beat(connection, node);
            return true;
        });
    }

    /** Every five seconds. */
    public void runOneCycle() {
        database.transact(connection -> {
            NodeStore.beat(connection, node);
            NodeStore.forget(connection);
            return true;
        });
    }
}
