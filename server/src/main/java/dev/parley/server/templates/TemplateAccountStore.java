package dev.parley.server.templates;

import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.templates.Template.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The channel accounts through which templates are reached. */
final class TemplateAccountStore {

    /** An owner of an organization that has no account any more. */
    record Orphan(UUID organizationId, Owner owner) {}

    private static final String OF = "select " + AccountReader.COLUMNS
            + " from channel_accounts a where a.organization_id = ? and a.deleted_at is null and a.provider = any(?)"
            + " order by a.is_default desc, a.created_at, a.id";
    private static final String ALL = "select " + AccountReader.COLUMNS
            + " from channel_accounts a where a.deleted_at is null and a.provider = any(?)"
            + " order by a.organization_id, a.status, a.created_at, a.id";
    private static final String ORPHANS = """
            select distinct m.organization_id, m.provider, m.owner from message_templates m
            where not exists (
                select 1 from callback_routes r
                join channel_accounts a on a.organization_id = r.organization_id and a.id = r.account_id
                where r.organization_id = m.organization_id and r.provider = m.provider and r.external_id = m.owner
                  and a.deleted_at is null)
            limit 100
            """;

    private TemplateAccountStore() {}

    /** Those of an organization, the channel's default first. */
    static List<Account> of(Connection connection, AccountReader reader, UUID organization, List<String> providers)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF)) {
            statement.setObject(1, organization);
            statement.setArray(2, connection.createArrayOf("text", providers.toArray()));
            return read(statement, reader);
        }
    }

    /** Those of all organizations, connected ones first in each. */
    static List<Account> all(Connection connection, AccountReader reader, List<String> providers) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            statement.setArray(1, connection.createArrayOf("text", providers.toArray()));
            return read(statement, reader);
        }
    }

    /** Owners of templates that no account has any more, some at a time. */
    static List<Orphan> orphans(Connection connection) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(ORPHANS));
                ResultSet row = statement.executeQuery()) {
            List<Orphan> orphans = new ArrayList<>();
            while (row.next()) {
                orphans.add(new Orphan(row.getObject(1, UUID.class), new Owner(row.getString(2), row.getString(3))));
            }
            return orphans;
        }
    }

    private static List<Account> read(PreparedStatement statement, AccountReader reader) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<Account> accounts = new ArrayList<>();
            while (row.next()) {
                accounts.add(reader.read(row));
            }
            return accounts;
        }
    }
}
