package dev.parley.server.messages;

import dev.parley.server.events.EventLog;
import dev.parley.server.messages.SubmitPlan.Answer;
import dev.parley.server.messages.SubmitPlan.Stored;
import dev.parley.server.messages.SubmitPlan.Work;
import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The second of the two statements that accept a group of messages: writes what was decided. */
final class SubmitWriteStore {

    private static final String MESSAGES = """
            insert into messages (organization_id, id, thread_id, account_id, origin, send_by, payload, metadata,
                                  delivery_status, errors, phase, tries, seq, lane, accepted_at, failed_at, scheduled_at,
                                  expires_at, version, created_at, updated_at)
            select i.organization_id, i.id, i.thread_id, i.account_id, 'outbound', i.send_by, i.payload::jsonb, i.metadata::jsonb,
                   i.delivery_status, i.errors::jsonb, i.phase, case when i.phase = 'open' then 1 else 0 end, i.seq, i.lane, i.created_at, i.failed_at, i.scheduled_at,
                   i.expires_at, i.version, i.created_at, i.created_at
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id, unnest(?::uuid[]) as thread_id,
                       unnest(?::uuid[]) as account_id, unnest(?::text[]) as send_by, unnest(?::text[]) as payload,
                       unnest(?::text[]) as metadata, unnest(?::text[]) as delivery_status, unnest(?::text[]) as errors,
                       unnest(?::text[]) as phase, unnest(?::int8[]) as seq, unnest(?::int8[]) as lane,
                       unnest(?::timestamptz[]) as created_at, unnest(?::timestamptz[]) as failed_at,
                       unnest(?::timestamptz[]) as scheduled_at, unnest(?::timestamptz[]) as expires_at, unnest(?::int8[]) as version
            ) i
            """;

    // A thread that had nothing to send becomes due now, for the account of its first new message; where that is
    // claimed
    // here, when the lease is over. A message that somebody waits for takes those before it in its thread along into
    // its lane.
    private static final String QUEUED = """
            update thread_dispatch d
            set last_seq = n.last_seq,
                last_message_at = greatest(d.last_message_at, n.last_message_at),
                account_id = case when d.last_seq = d.done_seq and n.last_seq > d.last_seq then n.account_id else d.account_id end,
                lane = case when n.last_seq = d.last_seq then d.lane
                            when d.last_seq = d.done_seq then n.lane else least(d.lane, n.lane) end,
                due_at = case when d.last_seq = d.done_seq and n.last_seq > d.last_seq then %s else d.due_at end
                %s
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as thread_id, unnest(?::int8[]) as last_seq,
                       unnest(?::timestamptz[]) as last_message_at, unnest(?::uuid[]) as account_id, unnest(?::int8[]) as lane
                       %s
            ) n
            where d.organization_id = n.organization_id and d.thread_id = n.thread_id
            """;

    private static final String WORK = QUEUED.formatted("?::timestamptz", "", "");

    // Which only groups that claim pay for.
    private static final String CLAIMED_WORK = QUEUED.formatted("coalesce(n.lease_until, ?::timestamptz)", """
            , lease_until = coalesce(n.lease_until, d.lease_until), fence = coalesce(n.fence, d.fence),
            pair_tokens = coalesce(n.pair_tokens::double precision, d.pair_tokens),
            pair_refilled_at = coalesce(n.pair_refilled_at, d.pair_refilled_at)
            """, """
            , unnest(?::timestamptz[]) as lease_until, unnest(?::int8[]) as fence, unnest(?::text[]) as pair_tokens,
            unnest(?::timestamptz[]) as pair_refilled_at
            """);

    // What was looked up beside the thread's place may be as it was before the place was waited for.
    private static final String ATTEMPTS = """
            insert into attempts (organization_id, message_id, number, account_id, fence, opened_at)
            select a.organization_id, a.message_id, 1, a.account_id,
                   case when t.identifier = a.identifier then a.fence else parley_in_the_way() end, ?::timestamptz
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as message_id, unnest(?::uuid[]) as thread_id,
                       unnest(?::uuid[]) as account_id, unnest(?::int8[]) as fence, unnest(?::text[]) as identifier
            ) a
            left join threads t on t.organization_id = a.organization_id and t.id = a.thread_id
            """;

    // A key that was too old to be found is taken over.
    private static final String ANSWERS = """
            insert into idempotency_keys (organization_id, key, fingerprint, outcome, message_id, state, created_at)
            select i.organization_id, i.key, i.fingerprint, i.outcome, i.message_id, i.state, ?::timestamptz
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::bytea[]) as key, unnest(?::bytea[]) as fingerprint,
                       unnest(?::text[]) as outcome, unnest(?::uuid[]) as message_id, unnest(?::text[]) as state
            ) i
            on conflict (organization_id, key) do update
                set fingerprint = excluded.fingerprint, outcome = excluded.outcome, message_id = excluded.message_id,
                    state = excluded.state, created_at = excluded.created_at
                where idempotency_keys.created_at <= excluded.created_at - ?::int8 * interval '1 microsecond'
            """;

    // In one round trip: what is refused ends the transaction before the commit is reached.
    private static final String WRITES = MESSAGES + ";" + EventLog.APPEND + ";" + WORK;
    private static final String TOGETHER = WRITES + "; commit";
    private static final String WITH_CLAIMS =
            MESSAGES + ";" + EventLog.APPEND + ";" + CLAIMED_WORK + ";" + ATTEMPTS + "; commit";

    private SubmitWriteStore() {}

    /**
     * Writes a plan that stores something, and commits.
     *
     * @param now the database's time
     */
    static void commit(Connection connection, SubmitPlan plan, Instant now) throws SQLException {
        List<Stored> claimed =
                plan.stored().stream().filter(row -> row.lease() != null).toList();
        run(connection, plan, now, claimed.isEmpty() ? TOGETHER : WITH_CLAIMS, claimed);
    }

    /** The same in a transaction that goes on. */
    static void write(Connection connection, SubmitPlan plan, Instant now) throws SQLException {
        run(connection, plan, now, WRITES, List.of());
    }

    private static void run(Connection connection, SubmitPlan plan, Instant now, String sql, List<Stored> claimed)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Arrays arrays = new Arrays(statement);
            bindMessages(arrays, plan.stored());
            EventLog.bind(arrays, plan.events());
            List<Work> work = List.copyOf(plan.work());
            bindWork(arrays, work, now);
            if (!claimed.isEmpty()) {
                bindLeases(arrays, work, now);
                bindAttempts(arrays, claimed, now);
            }
            statement.execute();
        }
    }

    /**
     * Writes down what is answered to idempotency keys.
     *
     * @param now the database's time
     * @param kept how long a key is remembered
     * @return false when another transaction took a key meanwhile: then the group is to be run again
     */
    static boolean remember(Connection connection, List<Answer> answers, Instant now, Duration kept)
            throws SQLException {
        if (answers.isEmpty()) {
            return true;
        }
        try (PreparedStatement statement = connection.prepareStatement(ANSWERS)) {
            new Arrays(statement)
                    .value(now.toString())
                    .uuids(answers, Answer::organization)
                    .bytes(answers, answer -> answer.key().key())
                    .bytes(answers, answer -> answer.key().fingerprint())
                    .texts(answers, Answer::outcome)
                    .uuids(answers, Answer::message)
                    .texts(answers, Answer::state)
                    .value(kept.toNanos() / 1000);
            return statement.executeUpdate() == answers.size();
        }
    }

    private static void bindMessages(Arrays arrays, List<Stored> stored) throws SQLException {
        arrays.uuids(stored, row -> row.message().organizationId())
                .uuids(stored, row -> row.message().id())
                .uuids(stored, row -> row.message().threadId())
                .uuids(stored, Stored::account)
                .texts(stored, row -> row.message().sendBy())
                .texts(stored, row -> row.message().payload())
                .texts(stored, row -> row.message().metadata())
                .texts(stored, row -> row.message().delivery().status().word())
                .texts(stored, row -> errors(row.message().delivery().errors()))
                .texts(stored, row -> row.phase().word())
                .longsOrNull(stored, Stored::seq)
                .longs(stored, Stored::lane)
                .times(stored, row -> row.message().createdAt())
                .times(stored, row -> row.message().delivery().times().failed())
                .times(stored, row -> row.message().scheduledAt())
                .times(stored, row -> row.message().expiresAt())
                .longs(stored, row -> row.message().version());
    }

    private static @Nullable String errors(List<MessageError> errors) {
        return errors.isEmpty() ? null : MessageError.write(errors);
    }

    private static void bindWork(Arrays arrays, List<Work> work, Instant now) throws SQLException {
        arrays.value(now.toString())
                .uuids(work, Work::organization)
                .uuids(work, Work::thread)
                .longs(work, Work::lastSeq)
                .times(work, Work::lastMessageAt)
                .uuids(work, Work::account)
                .longs(work, Work::lane);
    }

    private static void bindLeases(Arrays arrays, List<Work> work, Instant now) throws SQLException {
        arrays.times(
                        work,
                        row -> row.lease() == null ? null : now.plus(row.lease().duration()))
                .longsOrNull(
                        work, row -> row.lease() == null ? null : row.lease().fence())
                .texts(work, SubmitWriteStore::pairTokens)
                .times(work, row -> row.lease() == null ? null : row.lease().pairRefilledAt());
    }

    private static @Nullable String pairTokens(Work work) {
        Double tokens = work.lease() == null ? null : work.lease().pairTokens();
        return tokens == null ? null : tokens.toString();
    }

    private static void bindAttempts(Arrays arrays, List<Stored> claimed, Instant now) throws SQLException {
        arrays.value(now.toString())
                .uuids(claimed, row -> row.message().organizationId())
                .uuids(claimed, row -> row.message().id())
                .uuids(claimed, row -> row.message().threadId())
                .uuids(claimed, Stored::account)
                .longs(claimed, row -> lease(row).fence())
                .texts(claimed, row -> lease(row).identifier());
    }

    private static AcceptClaims.Lease lease(Stored claimed) {
        return Objects.requireNonNull(claimed.lease());
    }
}
