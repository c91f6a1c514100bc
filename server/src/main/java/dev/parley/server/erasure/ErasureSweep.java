package dev.parley.server.erasure;

import dev.parley.server.platform.db.Database;
import java.sql.PreparedStatement;

/** Drops what stays of erased messages after 30 days: by then no provider repeats itself. */
public final class ErasureSweep {

    private static final String DROP = """
            delete from erased_provider_messages where ctid = any (array(
                select ctid from erased_provider_messages where erased_at < parley_now() - interval '30 days' limit 5000))
            """;

    private final Database database;

    public ErasureSweep(Database database) {
        this.database = database;
    }

    /** Drops one batch; how many. */
    public int runOneCycle() {
        return database.transact(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DROP)) {
                return statement.executeUpdate();
            }
        });
    }
}
