package dev.parley.server.organizations;

import dev.parley.server.platform.http.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named token of an organization, without what it is known by.
 *
 * @param expiresAt works until then; null without an end
 * @param lastUsedAt as far as nodes have written it down: up to a minute behind; null while it was never used
 * @param version rises with each change
 */
record Token(
        UUID id,
        String name,
        Set<Scope> scopes,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    Token changed(String newName, @Nullable Instant newEnd, Instant now) {
        return new Token(id, newName, scopes, newEnd, lastUsedAt, version + 1, createdAt, now);
    }
}
