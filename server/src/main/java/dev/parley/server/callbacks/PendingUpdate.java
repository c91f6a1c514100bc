package dev.parley.server.callbacks;

import dev.parley.connector.ProviderUpdate;
import java.util.UUID;

/** An update that waits to be applied, understood. */
record PendingUpdate(UUID organizationId, long id, UUID accountId, String provider, ProviderUpdate update) {}
