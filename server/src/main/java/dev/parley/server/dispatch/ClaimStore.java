package dev.parley.server.dispatch;

import dev.parley.connector.Address;
import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageRows;
import dev.parley.server.platform.db.TransactionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes threads of one account that are due, under locks. */
final class ClaimStore {

    // Whoever holds the account's row claims for it; another node finds it locked and goes on to another account.
    private static final String ACCOUNT = """
            select %s, s.tokens, s.refilled_at, s.bulk_credit, s.parked, parley_now() as now
            from account_dispatch s
            join channel_accounts a on a.organization_id = s.organization_id and a.id = s.account_id
            where s.organization_id = ? and s.account_id = ?
            for no key update of s skip locked
            """.formatted(AccountReader.COLUMNS);

    // Bulk messages come first for what their credit is, then interactive ones, then bulk ones for what is left.
    private static final String HEADS = """
            with moment as materialized (select parley_now() as now, %s as xid),
            owed as materialized (
                select d.* from thread_dispatch d
                where d.organization_id = ? and d.account_id = ? and d.lane = 1 and d.has_work
                  and d.due_at <= (select now from moment)
                order by d.due_at limit ? for no key update skip locked
            ),
            interactive as materialized (
                select d.* from thread_dispatch d
                where d.organization_id = ? and d.account_id = ? and d.lane = 0 and d.has_work
                  and d.due_at <= (select now from moment)
                order by d.due_at limit ? - (select count(*) from owed) for no key update skip locked
            ),
            rest as materialized (
                select d.* from thread_dispatch d
                where d.organization_id = ? and d.account_id = ? and d.lane = 1 and d.has_work
                  and d.due_at <= (select now from moment)
                  and d.thread_id not in (select thread_id from owed)
                order by d.due_at limit ? - (select count(*) from owed) - (select count(*) from interactive)
                for no key update skip locked
            ),
            head as materialized (select * from owed union all select * from interactive union all select * from rest)
            select h.organization_id as head_organization_id, h.thread_id as head_thread_id, h.fence, h.done_seq, h.strikes,
                   h.pair_tokens, h.pair_refilled_at, h.lane as head_lane, m.now, m.xid, n.*, t.identifier,
                   extract(epoch from coalesce(w.expires_at, m.now) - m.now) as window_left,
                   case when n.phase = 'open' then exists (
                       select from attempts a where a.organization_id = h.organization_id and a.message_id = n.id
                         and a.number = n.tries and a.outcome is null and a.preparing) else false end as preparing,
                   n.payload->>'type' is distinct from 'template' as free_text
            from head h
            cross join moment m
            left join threads t on t.organization_id = h.organization_id and t.id = h.thread_id and t.deleted_at is null
            left join thread_windows w on w.organization_id = h.organization_id and w.thread_id = h.thread_id and w.account_id = h.account_id
            left join lateral (
                select %s, m.seq, m.tries from messages m
                where m.organization_id = h.organization_id and m.thread_id = h.thread_id and m.seq > h.done_seq and m.phase <> 'done'
                order by m.seq limit 1 for no key update
            ) n on true
            """.formatted(TransactionId.SQL, MessageRows.COLUMNS);

    /**
     * The account under its lock.
     *
     * @param version of the account
     * @param tokens what the account's rate had left at {@code refilledAt}
     * @param bulkCredit how much bulk messages are owed
     */
    record Locked(
            Account account,
            int version,
            double tokens,
            Instant refilledAt,
            double bulkCredit,
            boolean parked,
            Instant now) {}

    /**
     * The threads that were taken, and how many of them are bulk.
     *
     * @param transactionId its {@link TransactionId}; null when there are none
     */
    record Taken(List<Head> heads, int bulk, @Nullable String transactionId) {}

    private ClaimStore() {}

    /** The account's row, locked until the transaction ends; null when another holds it. */
    static @Nullable Locked lock(Connection connection, AccountReader reader, AccountKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACCOUNT)) {
            statement.setObject(1, key.organizationId());
            statement.setObject(2, key.accountId());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                return new Locked(
                        reader.read(row),
                        row.getInt("account_version"),
                        row.getDouble("tokens"),
                        instant(row, "refilled_at"),
                        row.getDouble("bulk_credit"),
                        row.getBoolean("parked"),
                        instant(row, "now"));
            }
        }
    }

    /** Up to {@code most} threads that are due; their rows and their heads' rows are locked. */
    static Taken take(Connection connection, Account account, int most, int owedToBulk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HEADS)) {
            int[] limits = {owedToBulk, most, most};
            for (int i = 0; i < limits.length; i++) {
                statement.setObject(3 * i + 1, account.organizationId());
                statement.setObject(3 * i + 2, account.id());
                statement.setInt(3 * i + 3, limits[i]);
            }
            List<Head> heads = new ArrayList<>();
            int bulk = 0;
            String transactionId = null;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    heads.add(head(row, account));
                    bulk += row.getInt("head_lane");
                    transactionId = row.getString("xid");
                }
            }
            return new Taken(heads, bulk, transactionId);
        }
    }

    private static Head head(ResultSet row, Account account) throws SQLException {
        Message message = row.getObject("id") == null ? null : MessageRows.read(row);
        String identifier = row.getString("identifier");
        Address to = identifier == null ? null : account.connector().addressOf(identifier);
        Double tokens = row.getObject("pair_tokens", Double.class);
        return new Head(
                row.getObject("head_organization_id", UUID.class),
                row.getObject("head_thread_id", UUID.class),
                row.getLong("fence"),
                row.getLong("done_seq"),
                row.getInt("strikes"),
                new PairBucket(tokens, MessageRows.time(row, "pair_refilled_at")),
                message,
                row.getLong("seq"),
                row.getInt("tries"),
                windowLeft(row, account),
                identifier,
                to,
                row.getBoolean("preparing"),
                message == null ? null : MessageRows.time(row, "doubt_until"));
    }

    private static @Nullable Duration windowLeft(ResultSet row, Account account) throws SQLException {
        if (account.connector().capabilities().window() == null || !row.getBoolean("free_text")) {
            return null;
        }
        return Duration.ofMillis((long) (row.getDouble("window_left") * 1000));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
