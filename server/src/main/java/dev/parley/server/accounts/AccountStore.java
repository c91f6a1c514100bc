package dev.parley.server.accounts;

import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connector.Connector;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of channel accounts. Stateless. */
final class AccountStore {

    private static final String COLUMNS =
            "a.organization_id, a.id, a.channel, a.provider, a.name, a.is_default, a.status, a.status_reason, "
                    + "a.messages_per_second, a.in_doubt, a.settings, a.secrets, a.version, a.created_at, a.updated_at";
    private static final String LIVE =
            "select " + COLUMNS + " from channel_accounts a where a.organization_id = ? and a.deleted_at is null";

    private final Map<String, Connector> connectors;
    private final AccountSecrets secrets;

    AccountStore(Map<String, Connector> connectors, AccountSecrets secrets) {
        this.connectors = connectors;
        this.secrets = secrets;
    }

    /** Waits for whoever else adds or changes accounts of the organization, until the transaction ends. */
    static void lockAll(Connection connection, UUID organization) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            statement.setString(1, "channel_accounts " + organization);
            statement.execute();
        }
    }

    @Nullable
    AccountRow find(Connection connection, UUID organization, UUID id) throws SQLException {
        return one(connection, LIVE + " and a.id = ?", organization, id);
    }

    /** The row, locked until the transaction ends. */
    @Nullable
    AccountRow lock(Connection connection, UUID organization, UUID id) throws SQLException {
        return one(connection, LIVE + " and a.id = ? for no key update", organization, id);
    }

    /** The channel's default, locked until the transaction ends. */
    @Nullable
    AccountRow lockDefault(Connection connection, UUID organization, String channel) throws SQLException {
        return one(connection, LIVE + " and a.channel = ? and a.is_default for no key update", organization, channel);
    }

    Page page(
            Connection connection,
            UUID organization,
            ResourceType type,
            ListQuery query,
            Function<AccountRow, Resource> view)
            throws SQLException {
        ListSql sql = new ListSql(
                type,
                COLUMNS,
                "channel_accounts a",
                "a.organization_id = ? and a.deleted_at is null",
                List.of(organization));
        return Listing.page(connection, sql, query, row -> view.apply(read(row)));
    }

    /** Whether the organization has or had an account with this id. */
    static boolean isTaken(Connection connection, UUID organization, UUID id) throws SQLException {
        return exists(
                connection, "select 1 from channel_accounts where organization_id = ? and id = ?", organization, id);
    }

    static boolean hasChannel(Connection connection, UUID organization, String channel) throws SQLException {
        return exists(
                connection,
                "select 1 from channel_accounts where organization_id = ? and channel = ? and deleted_at is null limit 1",
                organization,
                channel);
    }

    void insert(Connection connection, AccountRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into channel_accounts (name, is_default, status, status_reason, messages_per_second, in_doubt, settings,
                                              secrets, version, updated_at, organization_id, id, channel, provider, created_at)
                values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            bind(statement, row);
            statement.setString(13, row.identity().channel());
            statement.setString(14, row.identity().provider());
            statement.setObject(15, time(row.createdAt()));
            statement.executeUpdate();
        }
    }

    void update(Connection connection, AccountRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update channel_accounts
                set name = ?, is_default = ?, status = ?, status_reason = ?, messages_per_second = ?, in_doubt = ?,
                    settings = ?::jsonb, secrets = ?, version = ?, updated_at = ?
                where organization_id = ? and id = ?
                """)) {
            bind(statement, row);
            statement.executeUpdate();
        }
    }

    /** Hides the row, for messages that still name it, and takes the secrets out of it. */
    void delete(Connection connection, UUID organization, UUID id, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update channel_accounts
                set deleted_at = ?, updated_at = ?, is_default = false, secrets = ?, version = version + 1
                where organization_id = ? and id = ?
                """)) {
            statement.setObject(1, time(at));
            statement.setObject(2, time(at));
            statement.setBytes(3, secrets.sealer().apply("{}"));
            statement.setObject(4, organization);
            statement.setObject(5, id);
            statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, AccountRow row) throws SQLException {
        AccountIdentity identity = row.identity();
        AccountState state = row.state();
        SettingsSeal.Sealed sealed =
                SettingsSeal.seal(state.settings(), connectors.get(identity.provider()), secrets.sealer());
        statement.setString(1, state.name());
        statement.setBoolean(2, state.isDefault());
        statement.setString(3, state.connected() ? "connected" : "paused");
        statement.setString(4, state.statusReason());
        statement.setInt(5, state.messagesPerSecond());
        statement.setString(6, state.inDoubt().name().toLowerCase(Locale.ROOT));
        statement.setString(7, sealed.settings());
        statement.setBytes(8, sealed.secrets());
        statement.setInt(9, row.version());
        statement.setObject(10, time(row.updatedAt()));
        statement.setObject(11, identity.organizationId());
        statement.setObject(12, identity.id());
    }

    private @Nullable AccountRow one(Connection connection, String sql, UUID organization, Object key)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, organization);
            statement.setObject(2, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? read(row) : null;
            }
        }
    }

    private static boolean exists(Connection connection, String sql, UUID organization, Object key)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, organization);
            statement.setObject(2, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private AccountRow read(ResultSet row) throws SQLException {
        return new AccountRow(
                new AccountIdentity(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getString("channel"),
                        row.getString("provider")),
                new AccountState(
                        row.getString("name"),
                        row.getBoolean("is_default"),
                        row.getString("status").equals("connected"),
                        row.getString("status_reason"),
                        row.getInt("messages_per_second"),
                        InDoubt.valueOf(row.getString("in_doubt").toUpperCase(Locale.ROOT)),
                        SettingsSeal.open(row.getString("settings"), row.getBytes("secrets"), secrets.opener())),
                row.getInt("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
