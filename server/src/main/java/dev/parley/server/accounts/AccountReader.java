package dev.parley.server.accounts;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connector.Connector;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Makes an {@link Account} of a row. Opening its secrets costs, so they are kept in memory for as long as the row has the same
 * version. Safe for use by many threads at once.
 */
public final class AccountReader {

    /** What a query must select, from {@code channel_accounts a}. */
    public static final String COLUMNS =
            "a.organization_id as account_organization_id, a.id as account_id, a.provider, "
                    + "a.status, a.deleted_at is not null as account_deleted, a.messages_per_second, a.in_doubt, a.settings, "
                    + "a.secrets, a.version as account_version";

    private static final int MOST_KEPT = 10_000;

    /** Two organizations may have chosen the same id. */
    private record Key(UUID organizationId, UUID id) {}

    private record Kept(int version, AccountSettings settings) {}

    private final Map<String, Connector> connectors;
    private final Function<byte[], String> opener;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    /**
     * @param connectors by provider
     * @param opener opens what was sealed with the secret key
     */
    public AccountReader(Map<String, Connector> connectors, Function<byte[], String> opener) {
        this.connectors = Map.copyOf(connectors);
        this.opener = opener;
    }

    /** The account of the row that {@code row} stands on, which has {@link #COLUMNS}. */
    public Account read(ResultSet row) throws SQLException {
        UUID organization = row.getObject("account_organization_id", UUID.class);
        UUID id = row.getObject("account_id", UUID.class);
        Connector connector = connectors.get(row.getString("provider"));
        if (connector == null) {
            throw new SQLException("no connector for the provider of account " + id, "XX000");
        }
        return new Account(
                organization,
                id,
                connector,
                row.getString("status").equals("connected"),
                row.getBoolean("account_deleted"),
                row.getInt("messages_per_second"),
                InDoubt.valueOf(row.getString("in_doubt").toUpperCase(Locale.ROOT)),
                settings(new Key(organization, id), row));
    }

    private AccountSettings settings(Key key, ResultSet row) throws SQLException {
        int version = row.getInt("account_version");
        Kept known = kept.get(key);
        if (known != null && known.version() == version) {
            return known.settings();
        }
        AccountSettings settings = SettingsSeal.open(row.getString("settings"), row.getBytes("secrets"), opener);
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(key, new Kept(version, settings));
        return settings;
    }
}
