package dev.parley.server.erasure;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is erased.
 *
 * @param id as the caller named it
 * @param candidateId null for a person without a candidate
 * @param threads all of theirs, those included that were deleted or merged
 */
record Subject(UUID organizationId, UUID id, @Nullable UUID candidateId, List<UUID> threads) {}
