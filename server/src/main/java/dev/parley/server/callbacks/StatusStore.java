package dev.parley.server.callbacks;

import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageRows;
import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.Together;
import dev.parley.server.platform.db.TransactionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds and locks the messages that statuses are about, and keeps what a status proves of an attempt. */
final class StatusStore {

    /** How a status names its message: by our own reference, or else by the provider's id. */
    record Named(
            UUID organizationId,
            UUID accountId,
            @Nullable UUID messageId,
            int attempt,
            @Nullable String providerMessageId) {}

    /** What a status proves of an attempt: that the provider has it, or that it failed. */
    record Evidence(
            UUID organizationId,
            UUID messageId,
            int attempt,
            @Nullable String providerMessageId,
            @Nullable String providerCode,
            @Nullable String providerError) {}

    /**
     * The message that the {@code ord}-th status is about.
     *
     * @param proved whether its attempt has the provider's id and an outcome that no status changes, other than a failure
     */
    record Matched(Message message, int attempt, boolean proved) {}

    /**
     * The messages that are there, locked.
     *
     * @param matched by the place of the status, counted from 0; what is not there matches nothing
     * @param transactionId null when none is there
     */
    record Found(Map<Integer, Matched> matched, @Nullable String transactionId) {}

    private static final String MATCH = """
            with named as materialized (
                select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::int8[], ?::text[]) with ordinality
                    as i (organization_id, account_id, message_id, attempt, provider_message_id, ord)
            ), found as materialized (
                select n.ord, n.organization_id, n.message_id, n.attempt from named n where n.message_id is not null
                union all
                select n.ord, a.organization_id, a.message_id, a.number from named n
                join attempts a on a.organization_id = n.organization_id and a.account_id = n.account_id
                    and a.provider_message_id = n.provider_message_id
                where n.message_id is null
            )
            select %s, (select %s) as xid, f.ord, f.attempt,
                   coalesce(t.provider_message_id is not null and t.outcome <> 'unknown', false) as proved
            from found f
            join messages m on m.organization_id = f.organization_id and m.id = f.message_id and m.deleted_at is null
            left join attempts t on t.organization_id = f.organization_id and t.message_id = f.message_id
                and t.number = f.attempt
            order by m.organization_id, m.id for no key update of m
            """.formatted(MessageRows.COLUMNS, TransactionId.SQL);

    private static final String PROVE = """
            update attempts a
            set provider_message_id = coalesce(a.provider_message_id, i.provider_message_id),
                outcome = case when a.outcome = 'unknown' then 'accepted' else a.outcome end,
                provider_code = coalesce(i.provider_code, a.provider_code),
                provider_error = coalesce(i.provider_error::jsonb, a.provider_error)
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as message_id,
                       unnest(?::int8[]) as number, unnest(?::text[]) as provider_message_id,
                       unnest(?::text[]) as provider_code, unnest(?::text[]) as provider_error
            ) i
            where a.organization_id = i.organization_id and a.message_id = i.message_id and a.number = i.number
              and (a.provider_message_id is null or a.outcome = 'unknown' or i.provider_code is not null)
            """;

    private static final String NUDGE = """
            update thread_dispatch d set due_at = parley_now()
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as thread_id
            ) i
            where d.organization_id = i.organization_id and d.thread_id = i.thread_id and d.lease_until is null
              and d.has_work
            """;

    private StatusStore() {}

    /** Locks the messages that these are about. */
    static Found match(Connection connection, List<Named> statuses) throws SQLException {
        Map<Integer, Matched> matched = new HashMap<>();
        String transaction = null;
        if (statuses.isEmpty()) {
            return new Found(matched, null);
        }
        try (PreparedStatement statement = connection.prepareStatement(MATCH)) {
            new Arrays(statement)
                    .uuids(statuses, Named::organizationId)
                    .uuids(statuses, Named::accountId)
                    .uuids(statuses, Named::messageId)
                    .longs(statuses, Named::attempt)
                    .texts(statuses, Named::providerMessageId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    transaction = row.getString("xid");
                    matched.put(
                            row.getInt("ord") - 1,
                            new Matched(MessageRows.read(row), row.getInt("attempt"), row.getBoolean("proved")));
                }
            }
        }
        return new Found(matched, transaction);
    }

    static void prove(Together writes, List<Evidence> evidence) {
        if (evidence.isEmpty()) {
            return;
        }
        writes.add(
                PROVE,
                parameters -> parameters
                        .uuids(evidence, Evidence::organizationId)
                        .uuids(evidence, Evidence::messageId)
                        .longs(evidence, Evidence::attempt)
                        .texts(evidence, Evidence::providerMessageId)
                        .texts(evidence, Evidence::providerCode)
                        .texts(evidence, Evidence::providerError));
    }

    /** Threads whose head no longer waits are looked at at once. */
    static void nudge(Connection connection, List<Message> heads) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NUDGE)) {
            new Arrays(statement).uuids(heads, Message::organizationId).uuids(heads, Message::threadId);
            statement.executeUpdate();
        }
    }

    /** Keeps others from recording results of these accounts until the transaction ends. */
    static void lockParking(Connection connection, List<UUID> accounts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select pg_advisory_xact_lock(key) from (
                    select distinct hashtextextended(account_id::text, 7) as key from (
                        select unnest(?::uuid[]) as account_id
                    ) a order by 1) k
                """)) {
            new Arrays(statement).uuids(accounts, account -> account);
            statement.executeQuery().close();
        }
    }
}
