package dev.parley.server.webhooks.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts what is to be delivered. */
public final class LoadStore {

    private static final String READ = """
            with untried as (
                select created_at from webhook_deliveries where status = 'pending' and not late limit 10000
            ), again as (
                select 1 from webhook_deliveries where status = 'pending' and late limit 10000
            )
            select (select count(*) from untried) + (select count(*) from again),
                (select coalesce(extract(epoch from parley_now() - min(created_at)), 0) from untried),
                (select count(*) from webhook_endpoints where open_until > (select parley_now()) and paused_at is null),
                (select count(*) from webhook_endpoints where paused_at is not null),
                (select position from event_readers where name = 'webhooks')
            """;

    private LoadStore() {}

    /** Over all organizations. */
    public static DeliveryLoad read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new DeliveryLoad(row.getLong(1), row.getDouble(2), row.getLong(3), row.getLong(4), row.getLong(5));
        }
    }
}
