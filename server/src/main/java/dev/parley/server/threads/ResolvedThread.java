package dev.parley.server.threads;

import java.util.UUID;

/**
 * The thread that a sender belongs to.
 *
 * @param created whether it was made for this sender
 */
public record ResolvedThread(UUID threadId, boolean created) {}
