package dev.parley.server.organizations;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Removes in the background what ended organizations had, chunk by chunk. Safe for use by many threads and nodes at once.
 */
public final class OrganizationRemoval {

    /**
     * How long after its end an organization is left alone, by the database's clock. It is longer than a remembered token
     * with a request's deadline, and than a lease: whatever was under way then has ended, and writes nothing any more.
     */
    static final Duration REST = Duration.ofMinutes(3);

    private static final int CHUNK = 1_000;

    private final Database database;
    private final int chunk;

    /** A removal that is driven by {@link #runOneCycle}. */
    public OrganizationRemoval(Database database) {
        this(database, CHUNK);
    }

    OrganizationRemoval(Database database, int chunk) {
        this.database = database;
        this.chunk = chunk;
    }

    /**
     * Removes one chunk of one table in one transaction, or the organization itself once nothing else is left.
     *
     * @return how many rows were removed; zero when there was nothing to do
     */
    public int runOneCycle() {
        return database.transact(this::removeSome);
    }

    private int removeSome(Connection connection) throws SQLException {
        Optional<UUID> next = RemovalStore.next(connection, REST);
        if (next.isEmpty()) {
            return 0;
        }
        UUID id = next.get();
        for (String table : RemovalStore.TABLES) {
            int removed = RemovalStore.removeRows(connection, table, id, chunk);
            if (removed > 0) {
                return removed;
            }
        }
        int events = RemovalStore.removeEvents(connection, id, chunk);
        return events > 0 ? events : RemovalStore.removeOrganization(connection, id);
    }
}
