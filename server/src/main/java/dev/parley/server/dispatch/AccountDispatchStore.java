package dev.parley.server.dispatch;

import dev.parley.server.accounts.Account;
import dev.parley.server.platform.db.Together;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rows by which nodes share an account's rate. */
final class AccountDispatchStore {

    private static final String DUE = """
            with moment as materialized (select parley_now() as now)
            select a.organization_id, a.id from channel_accounts a
            where exists (select from thread_dispatch d where d.organization_id = a.organization_id and d.account_id = a.id
                            and d.lane = 0 and d.has_work and d.due_at <= (select now from moment))
               or exists (select from thread_dispatch d where d.organization_id = a.organization_id and d.account_id = a.id
                            and d.lane = 1 and d.has_work and d.due_at <= (select now from moment))
               or a.status = 'connected' and a.deleted_at is null
                  and exists (select from account_dispatch s where s.organization_id = a.organization_id
                                and s.account_id = a.id and s.parked)
            """;

    private AccountDispatchStore() {}

    static void create(Connection connection, AccountKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into account_dispatch (organization_id, account_id, tokens, refilled_at)
                values (?, ?, 1, parley_now()) on conflict do nothing
                """)) {
            statement.setObject(1, key.organizationId());
            statement.setObject(2, key.accountId());
            statement.executeUpdate();
        }
    }

    static void update(Together writes, Account account, AccountRate rate, boolean parked) {
        writes.add(
                """
                update account_dispatch set tokens = ?, refilled_at = ?, bulk_credit = ?, parked = ?
                where organization_id = ? and account_id = ?
                """,
                parameters -> parameters
                        .value(rate.tokens())
                        .value(OffsetDateTime.ofInstant(rate.at(), ZoneOffset.UTC))
                        .value(rate.bulkCredit())
                        .value(parked)
                        .value(account.organizationId())
                        .value(account.id()));
    }

    /**
     * Calls back the threads that were put off while the account was paused.
     *
     * @return whether some are still put off, as somebody had them locked: they are called back by the next claim
     */
    static boolean unpark(Connection connection, Account account) throws SQLException {
        try (PreparedStatement threads = connection.prepareStatement("""
                        update thread_dispatch d set due_at = parley_now()
                        from (select organization_id, thread_id from thread_dispatch
                              where organization_id = ? and account_id = ? and has_work and lease_until is null
                                and due_at > parley_now()
                              order by organization_id, thread_id for no key update skip locked) put_off
                        where d.organization_id = put_off.organization_id and d.thread_id = put_off.thread_id
                        """);
                PreparedStatement flag = connection.prepareStatement("""
                        update account_dispatch s set parked = exists (
                            select from thread_dispatch d
                            where d.organization_id = s.organization_id and d.account_id = s.account_id and d.has_work
                              and d.lease_until is null and d.due_at > parley_now())
                        where s.organization_id = ? and s.account_id = ? returning parked
                        """)) {
            threads.setObject(1, account.organizationId());
            threads.setObject(2, account.id());
            threads.executeUpdate();
            flag.setObject(1, account.organizationId());
            flag.setObject(2, account.id());
            try (ResultSet row = flag.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Every account that has a thread that is due, or is connected again and has threads that were put off. */
    static List<AccountKey> due(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE);
                ResultSet rows = statement.executeQuery()) {
            List<AccountKey> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(new AccountKey(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
            }
            return keys;
        }
    }
}
