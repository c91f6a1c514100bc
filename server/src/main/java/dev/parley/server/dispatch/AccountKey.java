package dev.parley.server.dispatch;

import java.util.UUID;

/** Names a channel account. */
public record AccountKey(UUID organizationId, UUID accountId) {}
