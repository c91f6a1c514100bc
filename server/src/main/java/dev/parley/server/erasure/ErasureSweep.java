package dev.parley.server.erasure;

import dev.parley.server.platform.db.Database;
import java.sql.PreparedStatement;
import java.util.List;

/**
 * Drops what stays of erased messages after 30 days: by then no provider repeats itself. What stays of erased persons goes after
 * a day: by then whatever was received before is applied.
 */
public final class ErasureSweep {

    private static final List<String> DROP =
            List.of(drop("erased_provider_messages", "30 days"), drop("erased_addresses", "1 day"));

    private final Database database;

    public ErasureSweep(Database database) {
        this.database = database;
    }

    /** Drops one batch; how many. */
    public int runOneCycle() {
        return database.transact(connection -> {
            int dropped = 0;
            for (String sql : DROP) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    dropped += statement.executeUpdate();
                }
            }
            return dropped;
        });
    }

    private static String drop(String table, String age) {
        return """
                delete from %1$s where ctid = any (array(
                    select ctid from %1$s where erased_at < parley_now() - interval '%2$s' limit 5000))
                """.formatted(table, age);
    }
}
