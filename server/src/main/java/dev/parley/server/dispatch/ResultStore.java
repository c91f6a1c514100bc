package dev.parley.server.dispatch;

import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageRows;
import dev.parley.server.platform.db.Together;
import dev.parley.server.platform.db.TransactionId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Locks and reads what a group of results is about. Dispatch rows first, then messages, each in key order. */
final class ResultStore {

    // Parking a status takes the same lock exclusively: a status that comes before the send's answer is either parked
    // before this transaction looks for it, or sees the provider's id that this transaction wrote.
    private static final String LOCK_ACCOUNTS = """
            select pg_advisory_xact_lock_shared(key) from (
                select distinct hashtextextended(account_id::text, 7) as key from (
                    select unnest(?::uuid[]) as account_id
                ) a order by 1) k
            """;

    private static final String LOCK_THREADS = """
            select d.organization_id, d.thread_id, d.fence, d.done_seq, d.last_seq from thread_dispatch d
            where (d.organization_id, d.thread_id) in (select * from unnest(?::uuid[], ?::uuid[]))
            order by d.organization_id, d.thread_id for no key update
            """;

    private static final String LOCK_MESSAGES = """
            select %s, (select parley_now()) as now, %s as xid, i.number, m.tries = i.number as latest,
                   a.provider_message_id,
                   (select count(*) from attempts r where r.organization_id = m.organization_id and r.message_id = m.id
                        and r.outcome = 'refused' and r.number < i.number) as refused
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as message_id,
                       unnest(?::int8[]) as number, unnest(?::timestamptz[]) as opened_at
            ) i
            join messages m on m.organization_id = i.organization_id and m.id = i.message_id
            join attempts a on a.organization_id = m.organization_id and a.message_id = m.id and a.number = i.number
                and a.opened_at = i.opened_at
            order by m.organization_id, m.id for no key update of m
            """.formatted(MessageRows.COLUMNS, TransactionId.SQL);

    private static final String UNPARK = """
            update callback_updates u set state = 'pending'
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as account_id,
                       unnest(?::text[]) as provider_message_id
            ) i
            where u.organization_id = i.organization_id and u.account_id = i.account_id
              and u.provider_message_id = i.provider_message_id and u.state = 'parked'
            """;

    /** A thread's dispatch row under its lock. */
    record LockedThread(long fence, long doneSeq, long lastSeq) {}

    /**
     * A message under its lock, with the attempt that the result is of.
     *
     * @param latest whether no other attempt was begun since
     * @param proved whether a callback has named the provider's id of this attempt
     * @param refused how many of its attempts were refused before
     * @param wasHeld whether it was in doubt before, and is sent once more
     * @param now the database's time, since that is what the end of a doubt is compared with
     */
    record LockedMessage(Message message, boolean latest, boolean proved, int refused, boolean wasHeld, Instant now) {}

    /** Which attempt. */
    record AttemptKey(UUID organization, UUID message, int number) {}

    /** What is locked. */
    record Locked(
            @Nullable String transactionId,
            Map<ThreadKey, LockedThread> threads,
            Map<AttemptKey, LockedMessage> messages) {}

    private ResultStore() {}

    static Locked lock(Connection connection, List<AttemptResult> results) throws SQLException {
        Map<ThreadKey, LockedThread> threads = new HashMap<>();
        Map<AttemptKey, LockedMessage> messages = new HashMap<>();
        String[] transaction = {null};
        new Together()
                .add(
                        LOCK_ACCOUNTS,
                        parameters -> parameters.uuids(
                                results, result -> result.duty().account().id()))
                .add(
                        LOCK_THREADS,
                        parameters -> parameters
                                .uuids(
                                        results,
                                        result -> result.duty().message().organizationId())
                                .uuids(
                                        results,
                                        result -> result.duty().message().threadId()))
                .add(
                        LOCK_MESSAGES,
                        parameters -> parameters
                                .uuids(
                                        results,
                                        result -> result.duty().message().organizationId())
                                .uuids(
                                        results,
                                        result -> result.duty().message().id())
                                .longs(results, result -> result.duty().attempt())
                                .times(results, result -> result.duty().openedAt()))
                .read(
                        connection,
                        List.of(
                                locks -> {},
                                rows -> readThreads(rows, threads),
                                rows -> transaction[0] = readMessages(rows, messages)));
        return new Locked(transaction[0], threads, messages);
    }

    private static void readThreads(ResultSet row, Map<ThreadKey, LockedThread> threads) throws SQLException {
        while (row.next()) {
            threads.put(
                    new ThreadKey(row.getObject("organization_id", UUID.class), row.getObject("thread_id", UUID.class)),
                    new LockedThread(row.getLong("fence"), row.getLong("done_seq"), row.getLong("last_seq")));
        }
    }

    /** The transaction's id; null when none of the messages is there. */
    private static @Nullable String readMessages(ResultSet row, Map<AttemptKey, LockedMessage> messages)
            throws SQLException {
        String transaction = null;
        while (row.next()) {
            transaction = row.getString("xid");
            Message message = MessageRows.read(row);
            messages.put(
                    new AttemptKey(message.organizationId(), message.id(), row.getInt("number")),
                    new LockedMessage(
                            message,
                            row.getBoolean("latest"),
                            row.getString("provider_message_id") != null,
                            row.getInt("refused"),
                            row.getObject("doubt_until") != null,
                            row.getObject("now", OffsetDateTime.class).toInstant()));
        }
        return transaction;
    }

    /** Calls back the statuses that came before the answer, of each at its place the account that sent it. */
    static void unpark(Together writes, List<AttemptStore.Closing> accepted, List<UUID> accounts) {
        if (accepted.isEmpty()) {
            return;
        }
        writes.add(
                UNPARK,
                parameters -> parameters
                        .uuids(accepted, AttemptStore.Closing::organizationId)
                        .uuids(accounts, account -> account)
                        .texts(accepted, AttemptStore.Closing::providerMessageId));
    }
}
