package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.clock.ClockWatch;
import dev.parley.server.platform.db.Database;

/**
 * After the database's clock went back: endpoints are looked at, an open circuit is tried, and an owner that is gone keeps its
 * endpoints no longer than a lease. A delivery that failed waits for its next try as it was told.
 */
public final class EndpointRecall implements ClockWatch.Recall {

    @Override
    public void recall(Database database) {
        database.transact(OwnerStore::recall);
    }
}
