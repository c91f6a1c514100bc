package dev.parley.server.dispatch;

import java.util.UUID;

/**
 * What waits for one channel account.
 *
 * @param messages that wait or are under way; one that was cancelled counts until its turn comes
 * @param lateSeconds since when its most overdue thread is due; 0 when none is
 */
public record Backlog(UUID organizationId, UUID accountId, long messages, double lateSeconds) {}
