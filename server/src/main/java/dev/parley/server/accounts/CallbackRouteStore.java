package dev.parley.server.accounts;

import dev.parley.connector.RouteKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a provider's name of an account to the account. */
final class CallbackRouteStore {

    /** The kind of the id in the callback URL; no connector may use it. */
    static final String ACCOUNT = "account";

    private static final String BY_URL = """
            select %s from callback_routes r
            join channel_accounts a on a.organization_id = r.organization_id and a.id = r.account_id
            where r.provider = ? and r.kind = 'account' and r.external_id = ? and a.deleted_at is null
            order by a.created_at, a.organization_id
            """.formatted(AccountReader.COLUMNS);
    private static final String BY_KEYS = """
            select r.kind, r.external_id, %s
            from unnest(?::text[], ?::text[]) as k (kind, value)
            join callback_routes r on r.provider = ? and r.kind = k.kind and r.external_id = k.value
            join channel_accounts a on a.organization_id = r.organization_id and a.id = r.account_id
            where r.secret_fingerprint = ? and a.deleted_at is null
            order by a.created_at, a.organization_id, a.id
            """.formatted(AccountReader.COLUMNS);

    private CallbackRouteStore() {}

    /** Puts these routes in place of the account's. */
    static void replace(Connection connection, AccountIdentity account, List<RouteKey> keys, byte[] fingerprint)
            throws SQLException {
        remove(connection, account.organizationId(), account.id());
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into callback_routes (provider, kind, external_id, organization_id, account_id, secret_fingerprint)
                values (?, ?, ?, ?, ?, ?)
                """)) {
            for (RouteKey key : keys) {
                statement.setString(1, account.provider());
                statement.setString(2, key.kind());
                statement.setString(3, key.value());
                statement.setObject(4, account.organizationId());
                statement.setObject(5, account.id());
                statement.setBytes(6, fingerprint);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static void remove(Connection connection, UUID organization, UUID account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from callback_routes where organization_id = ? and account_id = ?")) {
            statement.setObject(1, organization);
            statement.setObject(2, account);
            statement.executeUpdate();
        }
    }

    /** Another account of the same organization that has this key; null when none has. */
    static @Nullable UUID holder(Connection connection, AccountIdentity account, RouteKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select account_id from callback_routes
                where provider = ? and kind = ? and external_id = ? and organization_id = ? and account_id <> ?
                order by account_id limit 1
                """)) {
            statement.setString(1, account.provider());
            statement.setString(2, key.kind());
            statement.setString(3, key.value());
            statement.setObject(4, account.organizationId());
            statement.setObject(5, account.id());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, UUID.class) : null;
            }
        }
    }

    /** The accounts whose callback URL has this id, whatever organization they are of. */
    static List<Account> byUrl(Connection connection, AccountReader reader, String provider, UUID id)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BY_URL)) {
            statement.setString(1, provider);
            statement.setString(2, id.toString());
            List<Account> accounts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    accounts.add(reader.read(row));
                }
            }
            return accounts;
        }
    }

    /** The accounts that have one of these keys and this secret, whatever organization they are of. */
    static Map<RouteKey, List<Account>> byKeys(
            Connection connection, AccountReader reader, String provider, Set<RouteKey> keys, byte[] fingerprint)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BY_KEYS)) {
            statement.setArray(1, texts(connection, keys.stream().map(RouteKey::kind)));
            statement.setArray(2, texts(connection, keys.stream().map(RouteKey::value)));
            statement.setString(3, provider);
            statement.setBytes(4, fingerprint);
            Map<RouteKey, List<Account>> accounts = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    RouteKey key = new RouteKey(row.getString("kind"), row.getString("external_id"));
                    accounts.computeIfAbsent(key, k -> new ArrayList<>()).add(reader.read(row));
                }
            }
            return accounts;
        }
    }

    private static Array texts(Connection connection, Stream<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
