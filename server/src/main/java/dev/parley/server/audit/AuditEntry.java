package dev.parley.server.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry, without who made the change: that is who the thread works for.
 *
 * @param organizationId whose resource it is; {@link #NONE} for what concerns the whole server
 * @param subject the resource; {@link #NONE} where there is no single one
 * @param counts how much was removed, as a JSON object of numbers; null where a call removes one thing
 * @param at when
 */
public record AuditEntry(
        UUID organizationId,
        AuditAction action,
        UUID subject,
        @Nullable String counts,
        Instant at) {

    /** Stands where there is no organization or no single resource. */
    public static final UUID NONE = new UUID(0, 0);
}
