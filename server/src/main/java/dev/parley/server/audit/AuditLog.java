package dev.parley.server.audit;

import dev.parley.server.platform.actor.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the audit log, always in the transaction of the change: what did not happen leaves no entry. Changes of resources
 * come here with their events; the few others are told by whoever makes them. Safe for use by many threads at once.
 */
public final class AuditLog {

    private AuditLog() {}

    /** The entry of a resource's change; null for one that the log does not tell of. See {@link AuditAction#of}. */
    public static @Nullable AuditEntry entry(
            UUID organization, String type, UUID id, String change, List<String> fields, Instant at) {
        AuditAction action = AuditAction.of(type, change, fields);
        return action == null ? null : new AuditEntry(organization, action, id, null, at);
    }

    /** Appends entries of who this thread works for; writes nothing when there are none. */
    public static void append(Connection connection, List<AuditEntry> entries) throws SQLException {
        if (!entries.isEmpty()) {
            AuditStore.insert(connection, Actor.current(), entries);
        }
    }
}
