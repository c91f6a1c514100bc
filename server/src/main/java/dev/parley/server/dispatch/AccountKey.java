package dev.parley.server.dispatch;

import java.util.UUID;

/** Names a channel account. */
record AccountKey(UUID organizationId, UUID accountId) {}
