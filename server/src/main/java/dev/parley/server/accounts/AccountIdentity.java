package dev.parley.server.accounts;

import java.util.UUID;

/** What of an account never changes. */
record AccountIdentity(UUID organizationId, UUID id, String channel, String provider) {}
