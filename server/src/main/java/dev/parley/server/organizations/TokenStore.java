package dev.parley.server.organizations;

import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Binds;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The hashes of tokens, for all organizations: the token is what says which organization it is. */
final class TokenStore {

    private static final String FIND = """
            select t.kind, t.organization_id, t.name, t.scopes, t.id
            from tokens t left join organizations o on o.id = t.organization_id
            where t.hash = ? and (t.expires_at is null or t.expires_at > parley_now()) and (t.kind = 'partner' or o.deleted_at is null)
            """;

    private static final String INSERT_OF_ORGANIZATION =
            "insert into tokens (hash, kind, organization_id, created_at) values (?, 'organization', ?, ?)";

    private static final String INSERT_OF_PARTNER = """
            insert into tokens (hash, kind, organization_id, created_at) values (?, 'partner', null, ?)
            on conflict (hash) do nothing
            """;

    private static final String ONLY_PARTNER = """
            select 1 from tokens where hash = ? and kind = 'partner'
            and not exists (select 1 from tokens t where t.kind = 'partner' and t.hash <> tokens.hash)
            """;

    private static final String GOOD = """
            select t.hash
            from unnest(?::bytea[]) a (hash) join tokens t on t.hash = a.hash
                 join organizations o on o.id = t.organization_id
            where o.deleted_at is null and (t.expires_at is null or t.expires_at > parley_now())
            """;

    // Locked in the order of their hashes, as another node may write the same ones.
    private static final String USED = """
            with used as (select unnest(?::bytea[]) as hash, unnest(?::timestamptz[]) as used_at),
                 locked as (select t.hash from tokens t where t.hash = any (select u.hash from used u)
                            order by t.hash for no key update)
            update tokens t set last_used_at = u.used_at
            from locked l join used u on u.hash = l.hash
            where t.hash = l.hash and (t.last_used_at is null or t.last_used_at < u.used_at)
            """;

    private TokenStore() {}

    /** Writes when tokens were used, where that is later than what is known. */
    static void used(Connection connection, List<TokenUses.Use> uses) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(USED)) {
            new Arrays(statement).bytes(uses, TokenUses.Use::hash).times(uses, TokenUses.Use::at);
            statement.executeUpdate();
        }
    }

    /** Those of these hashes that are still of an organization's token. */
    static Set<ByteBuffer> good(Connection connection, List<byte[]> hashes) throws SQLException {
        Set<ByteBuffer> good = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(GOOD)) {
            statement.setArray(1, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    good.add(ByteBuffer.wrap(row.getBytes(1)));
                }
            }
        }
        return good;
    }

    static Optional<Caller> find(Connection connection, byte[] hash) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(FIND), (Object) hash);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(
                    row.getString(1).equals("partner")
                            ? Caller.partner("partner")
                            : Caller.organization(row.getObject(2, UUID.class), row.getString(3))
                                    .limitedTo(Scopes.read(row, 4))
                                    .withToken(row.getObject(5, UUID.class)));
        }
    }

    /** Makes this the organization's main token; the named ones stay. */
    static void replace(Connection connection, UUID organizationId, byte[] hash, Instant now) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from tokens where organization_id = ? and main")) {
            Binds.all(statement, organizationId).executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_OF_ORGANIZATION)) {
            Binds.all(statement, hash, organizationId, now).executeUpdate();
        }
    }

    /** Removes every token of an organization. */
    static void remove(Connection connection, UUID organizationId) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from tokens where organization_id = ?")) {
            Binds.all(statement, organizationId).executeUpdate();
        }
    }

    /** Whether this is the partner token, and the only one. */
    static boolean isOnlyPartner(Connection connection, byte[] hash) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(ONLY_PARTNER), (Object) hash);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** Makes this the one partner token; false when it is an organization's. */
    static boolean replacePartner(Connection connection, byte[] hash, Instant now) throws SQLException {
        try (Statement lock = connection.createStatement();
                PreparedStatement remove =
                        connection.prepareStatement("delete from tokens where kind = 'partner' and hash <> ?");
                PreparedStatement insert = connection.prepareStatement(INSERT_OF_PARTNER)) {
            // Two nodes with two tokens would else not see each other's, and both would stay.
            lock.execute("lock table tokens in share row exclusive mode");
            Binds.all(remove, (Object) hash).executeUpdate();
            Binds.all(insert, hash, now).executeUpdate();
        }
        return isOnlyPartner(connection, hash);
    }
}
