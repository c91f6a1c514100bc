package dev.parley.server.callbacks;

import dev.parley.server.erasure.ProviderMessage;
import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.Together;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of updates that are not applied yet. */
final class PendingStore {

    /** A row as it is stored. */
    record Row(UUID organizationId, long id, UUID accountId, String provider, String body) {}

    /** Why a row is kept, and by which provider id it may be found later. */
    record Kept(Row row, String state, @Nullable String providerMessageId, String reason) {}

    private static final String TAKE = """
            select organization_id, id, account_id, provider, body from callback_updates
            where state = 'pending' and id > ? order by id limit ? for no key update skip locked
            """;
    private static final String TAKE_THESE = """
            select organization_id, id, account_id, provider, body from callback_updates
            where (organization_id, id) in (select * from unnest(?::uuid[], ?::int8[])) and state = 'pending'
            order by id for no key update skip locked
            """;
    private static final String DELETE = """
            delete from callback_updates u using (
                select unnest(?::uuid[]) as organization_id, unnest(?::int8[]) as id
            ) i
            where u.organization_id = i.organization_id and u.id = i.id
            """;
    private static final String KEEP = """
            update callback_updates u set state = i.state, provider_message_id = i.provider_message_id, reason = i.reason
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::int8[]) as id, unnest(?::text[]) as state,
                       unnest(?::text[]) as provider_message_id, unnest(?::text[]) as reason
            ) i
            where u.organization_id = i.organization_id and u.id = i.id
            """;
    private static final String UNPARK = """
            update callback_updates u set state = 'pending'
            where u.state = 'parked' and (
                exists (select from attempts a where a.organization_id = u.organization_id and a.account_id = u.account_id
                          and a.provider_message_id = u.provider_message_id)
                or exists (select from messages m where m.organization_id = u.organization_id and m.account_id = u.account_id
                             and m.provider_message_id = u.provider_message_id and m.origin = 'inbound'))
            """;
    private static final String UNPARK_THESE = """
            update callback_updates u set state = 'pending' from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as account_id,
                       unnest(?::text[]) as provider_message_id
            ) i
            where u.state = 'parked' and u.organization_id = i.organization_id and u.account_id = i.account_id
              and u.provider_message_id = i.provider_message_id
            """;
    private static final String ROUTE = """
            update callback_updates u
            set organization_id = r.organization_id, account_id = r.account_id, state = 'pending', reason = null,
                route_kind = null, route_key = null, secret_fingerprint = null
            from callback_routes r
            join channel_accounts a on a.organization_id = r.organization_id and a.id = r.account_id and a.deleted_at is null
            where u.route_key is not null and r.provider = u.provider and r.kind = u.route_kind and r.external_id = u.route_key
              and r.secret_fingerprint = u.secret_fingerprint
            """;
    private static final String DROP = """
            delete from callback_updates
            where (state = 'parked' and received_at < parley_now() - ? * interval '1 second')
               or (state = 'set_aside' and received_at < parley_now() - ? * interval '1 second')
            """;

    private PendingStore() {}

    static List<Row> take(Connection connection, long after, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setLong(1, after);
            statement.setInt(2, most);
            return rows(statement);
        }
    }

    static List<Row> take(Connection connection, List<Row> these) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_THESE)) {
            new Arrays(statement).uuids(these, Row::organizationId).longs(these, Row::id);
            return rows(statement);
        }
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(
                        row.getObject(1, UUID.class),
                        row.getLong(2),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getString(5)));
            }
        }
        return rows;
    }

    static void delete(Connection connection, List<Row> applied) throws SQLException {
        Together writes = new Together();
        delete(writes, applied);
        writes.write(connection);
    }

    static void delete(Together writes, List<Row> applied) {
        if (!applied.isEmpty()) {
            writes.add(
                    DELETE,
                    parameters -> parameters.uuids(applied, Row::organizationId).longs(applied, Row::id));
        }
    }

    static void keep(Connection connection, List<Kept> kept) throws SQLException {
        if (kept.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            new Arrays(statement)
                    .uuids(kept, row -> row.row().organizationId())
                    .longs(kept, row -> row.row().id())
                    .texts(kept, Kept::state)
                    .texts(kept, Kept::providerMessageId)
                    .texts(kept, Kept::reason);
            statement.executeUpdate();
        }
    }

    /** Hands over what no account had the key and the secret for when it came, and one has by now. */
    static int route(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROUTE)) {
            return statement.executeUpdate();
        }
    }

    /** Calls back what was parked for one of these messages. */
    static void unpark(Connection connection, List<ProviderMessage> messages) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNPARK_THESE)) {
            new Arrays(statement)
                    .uuids(messages, ProviderMessage::organizationId)
                    .uuids(messages, ProviderMessage::accountId)
                    .texts(messages, ProviderMessage::providerMessageId);
            statement.executeUpdate();
        }
    }

    /** Calls back what was parked for a message that is known by now; how many. */
    static int unpark(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNPARK)) {
            return statement.executeUpdate();
        }
    }

    /** Drops what was kept for long enough; how many. */
    static int drop(Connection connection, Duration parked, Duration raw) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DROP)) {
            statement.setLong(1, parked.toSeconds());
            statement.setLong(2, raw.toSeconds());
            return statement.executeUpdate();
        }
    }
}
