package dev.parley.server.callbacks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many updates are kept, for whoever watches the server. */
public final class CallbackLoadStore {

    private static final int MOST = 10_000;
    private static final String LOAD = """
            select (select count(*) from (select from callback_updates where state = 'pending' limit ?) p),
                   (select count(*) from (select from callback_updates where state = 'parked' limit ?) p),
                   (select count(*) from (select from callback_updates where state = 'set_aside' limit ?) s),
                   coalesce((select greatest(0, extract(epoch from parley_now() - received_at)) from callback_updates
                             where state = 'pending' order by id limit 1), 0)
            """;

    private CallbackLoadStore() {}

    /** Counts them. */
    public static CallbackLoad read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
            statement.setInt(1, MOST);
            statement.setInt(2, MOST);
            statement.setInt(3, MOST);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new CallbackLoad(row.getLong(1), row.getLong(2), row.getLong(3), row.getDouble(4));
            }
        }
    }
}
