package dev.parley.server.webhooks.delivery;

import java.util.UUID;

/** Switches webhooks off. Safe for use by many threads at once. */
@FunctionalInterface
public interface WebhookSwitch {

    /** Its receiver answered that it is gone for good. Does nothing when it is off or deleted. */
    void switchOff(UUID organization, UUID webhook);
}
