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
 * @param version rises with each change
 */
record Token(
        UUID id,
        String name,
        Set<Scope> scopes,
        @Nullable Instant expiresAt,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    Token changed(String newName, @Nullable Instant newEnd, Instant now) {
        return new Token(id, newName, scopes, newEnd, version + 1, createdAt, now);
    }
}
