package dev.parley.server.events.webhooks;

import dev.parley.server.platform.db.Database;
import java.time.Instant;
import java.util.UUID;

/** What an organization may ask for of its deliveries and endpoints. Safe for use by many threads and nodes at once. */
public final class WebhookDeliveries {

    /** Rows of one transaction. */
    private static final int CHUNK = 1_000;

    private final Database database;

    public WebhookDeliveries(Database database) {
        this.database = database;
    }

    /**
     * Sends one again, whatever became of it: it is pending from now on, due at once, with all of its tries before it, and
     * with the id that it had.
     *
     * @return false when the organization has no such delivery
     */
    public boolean redeliver(UUID organization, UUID delivery) {
        return database.transact(connection -> {
            UUID endpoint = RedeliveryStore.redeliver(connection, organization, delivery);
            if (endpoint != null) {
                RedeliveryStore.makeDue(connection, organization, endpoint);
            }
            return endpoint != null;
        });
    }

    /**
     * Sends again, in chunks, what failed of a webhook's since a time; what waits for a further try is due at once, too.
     *
     * @param since when the delivery was made, that is the event's time
     * @return how many
     */
    public long redeliverSince(UUID organization, UUID webhook, Instant since) {
        long all = 0;
        int some = CHUNK;
        while (some == CHUNK) {
            some = database.transact(connection -> {
                RedeliveryStore.Again again =
                        RedeliveryStore.redeliverSince(connection, organization, webhook, since, CHUNK);
                for (UUID endpoint : again.endpoints()) {
                    RedeliveryStore.makeDue(connection, organization, endpoint);
                }
                return again.count();
            });
            all += some;
        }
        return all;
    }

    /**
     * Sends to an endpoint again that was paused, or that is left alone for a while: at once, and as if it had never failed.
     *
     * @return false when the organization has no such endpoint
     */
    public boolean resume(UUID organization, UUID endpoint) {
        return database.transact(connection -> RedeliveryStore.resume(connection, organization, endpoint));
    }
}
