package dev.parley.server.dispatch;

import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.util.UUID;

/**
 * Keeps for the database when this node was last seen. Evidence is heard only while some node lives and reaches the database: a
 * node that finds that none did lately, itself included, grants every doubt its whole wait again.
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

    /** Once, when the node is ready to hear callbacks, and every five seconds from then on. */
    public void runOneCycle() {
        database.transact(connection -> {
            if (!NodeStore.anyHears(connection, node)) {
                NodeStore.extendDoubts(connection, doubtWait);
            }
            NodeStore.beat(connection, node);
            NodeStore.forget(connection);
            return true;
        });
    }

    /** Once, when the node hears no callbacks any more: from here on it is as if it had never been there. */
    public void stop() {
        database.transact(connection -> {
            NodeStore.remove(connection, node);
            return true;
        });
    }
}
