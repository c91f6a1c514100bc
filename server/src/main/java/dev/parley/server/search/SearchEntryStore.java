package dev.parley.server.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.UUID;

/** Removes the entries of what is removed, in its transaction. */
public final class SearchEntryStore {

    static final String LOCK_KEY = "hashtextextended('parley.search', 0)";

    private static final String FORGET =
            "delete from search_entries where organization_id = ? and resource_type = ? and resource_id = any (?)";

    private SearchEntryStore() {}

    /**
     * Removes entries of resources that are deleted. Should the reader of the log have read one of them before, and write it after
     * this, then the event of the deletion removes it again.
     */
    public static void forget(Connection connection, UUID organization, String type, Collection<UUID> resources)
            throws SQLException {
        if (resources.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setObject(1, organization);
            statement.setString(2, type);
            statement.setArray(3, connection.createArrayOf("uuid", resources.toArray()));
            statement.executeUpdate();
        }
    }

    /**
     * The same for what is erased for good, and for many at once, to be called once the rows are removed: waits for entries that are being written, and
     * holds back others until the transaction ends. From its commit on nothing brings them back.
     */
    public static void erase(Connection connection, UUID organization, String type, Collection<UUID> resources)
            throws SQLException {
        if (resources.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock_shared(" + LOCK_KEY + ")");
        }
        forget(connection, organization, type, resources);
    }
}
