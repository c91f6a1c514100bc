package dev.parley.server.dispatch;

import dev.parley.server.platform.db.ClockWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * After the database's clock went back: threads that wait are looked at, and wait again where they have to; a lease lasts no
 * longer than one that begins now, a doubt likewise. Neither ends sooner than it would have.
 */
public final class DispatchRecall implements ClockWatch.Recall {

    private final Duration lease;
    private final Duration doubtWait;

    /**
     * @param lease how long a claim lasts
     * @param doubtWait how long evidence is waited for
     */
    public DispatchRecall(Duration lease, Duration doubtWait) {
        this.lease = lease;
        this.doubtWait = doubtWait;
    }

    @Override
    public void recall(Connection connection) throws SQLException {
        RecallStore.threads(connection, lease);
        RecallStore.doubts(connection, doubtWait);
        RecallStore.receipts(connection);
    }
}
