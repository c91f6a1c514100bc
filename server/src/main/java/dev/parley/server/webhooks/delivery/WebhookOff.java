package dev.parley.server.webhooks.delivery;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Switches a webhook off in the database, which is an event of the webhook's. Safe for use by many threads at once. */
public final class WebhookOff implements WebhookSwitch {

    /** Why: its receiver answered 410. */
    static final String GONE = "gone";

    private final Database database;
    private final InstantSource clock;

    public WebhookOff(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void switchOff(UUID organization, UUID webhook) {
        Instant now = clock.instant();
        database.transact(connection -> {
            SwitchStore.Row row = SwitchStore.off(connection, organization, webhook, GONE, now);
            if (row != null) {
                EventLog.append(
                        connection,
                        new Event(
                                organization,
                                Event.Kind.UPDATE,
                                "webhooks",
                                webhook,
                                null,
                                List.of("active", "inactiveReason"),
                                state(row),
                                now));
            }
            return 0;
        });
    }

    /** The resource as the API shows it. */
    private static String state(SwitchStore.Row row) {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put("resource", row.resource());
        attributes.put("event", row.event());
        if (row.fields() == null) {
            attributes.putNull("fields");
        } else {
            ArrayNode fields = attributes.putArray("fields");
            row.fields().forEach(fields::add);
        }
        attributes.put("webhookUrl", row.webhookUrl());
        attributes.put("secretHeader", row.secretHeader());
        attributes.put("active", false);
        attributes.put("inactiveReason", GONE);
        attributes.put("createdAt", Json.time(row.createdAt()));
        attributes.put("updatedAt", Json.time(row.updatedAt()));
        ObjectNode state = Json.MAPPER.createObjectNode();
        state.set("attributes", attributes);
        state.putObject("meta").put("version", row.version());
        return Json.text(state);
    }
}
