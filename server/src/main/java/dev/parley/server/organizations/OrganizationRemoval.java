package dev.parley.server.organizations;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Removes in the background what ended organizations had, in chunks. Several nodes may run it at once. */
public final class OrganizationRemoval {

    private static final int CHUNK = 1_000;

    private final Database database;

    /** A removal that is driven by {@link #runOneCycle}. */
    public OrganizationRemoval(Database database) {
        this.database = database;
    }

    /** Removes one chunk, or the organization itself once nothing else is left; false when there is nothing to do. */
    public boolean runOneCycle() {
        return database.transact(OrganizationRemoval::removeSome);
    }

    private static boolean removeSome(Connection connection) throws SQLException {
        Optional<UUID> next = RemovalStore.next(connection);
        if (next.isEmpty()) {
            return false;
        }
        UUID organizationId = next.get();
        for (String table : RemovalStore.TABLES) {
            if (RemovalStore.remove(connection, organizationId, table, CHUNK) > 0) {
                return true;
            }
        }
        RemovalStore.remove(connection, organizationId);
        return true;
    }
}
