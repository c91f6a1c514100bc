package dev.parley.server.threads;

import java.util.UUID;

/** Names a thread. */
record ThreadKey(UUID organizationId, UUID threadId) {}
