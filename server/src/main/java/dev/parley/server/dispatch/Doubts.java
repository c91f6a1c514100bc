package dev.parley.server.dispatch;

import java.util.UUID;

/**
 * How many messages of one channel account have an unknown outcome and are not sent again.
 *
 * @param messages that are in doubt now
 */
public record Doubts(UUID organizationId, UUID accountId, long messages) {}
