package dev.parley.server.webhooks;

import dev.parley.server.events.Event;
import dev.parley.server.platform.db.Database;
import dev.parley.server.webhooks.delivery.WebhookSwitch;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Switches a webhook off whose receiver is gone, which is an event of the webhook's. Safe for use by many threads at once. */
public final class WebhookOff implements WebhookSwitch {

    /** Why: its receiver answered 410. */
    private static final String GONE = "gone";

    private final Database database;
    private final InstantSource clock;

    /** @param clock for when it was switched off */
    public WebhookOff(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void switchOff(UUID organization, UUID webhook) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        database.transact(connection -> {
            EndpointStore.lockOrganizationUrl(connection, organization);
            Optional<Webhook> found = WebhookStore.lock(connection, organization, webhook);
            if (found.isEmpty() || !found.get().active()) {
                return false;
            }
            Webhook off = found.get().off(GONE, now);
            WebhookStore.update(connection, organization, off);
            MoveStore.note(connection, organization, webhook, off.endpointId());
            List<String> fields = List.of(WebhookType.ACTIVE, WebhookType.INACTIVE_REASON);
            WebhookService.append(connection, organization, off, Event.Kind.UPDATE, fields);
            return true;
        });
    }
}
