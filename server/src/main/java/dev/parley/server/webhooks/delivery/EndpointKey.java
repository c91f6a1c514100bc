package dev.parley.server.webhooks.delivery;

import java.util.UUID;

/** Names an endpoint. */
record EndpointKey(UUID organizationId, UUID id) {}
