package dev.parley.server.messages;

import dev.parley.server.accounts.SendingAccountSql;
import dev.parley.server.messages.SubmitFound.Kept;
import dev.parley.server.messages.SubmitFound.Place;
import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.TransactionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first of the two statements that accept a group of messages: looks up and locks. */
final class SubmitLookStore {

    // The dispatch rows of the threads are locked in key order: that makes the order of acceptance. A row leaves the
    // subquery when
    // its lock is had, and only then are positions and times taken for it: the transaction has its id before a position
    // of an
    // event is drawn, and whoever held the lock may have made the thread due since the statement began. The clock is
    // parley_now(),
    // spelled out, as each call of it would be a query of its own. Each node of the plan costs about as much as a
    // message, so
    // what few groups need is in few groups' statements.
    private static final String LOCK_AND_LOOK = """
            with k as materialized (select shift from database_clock)
            select %s as xid, clock_timestamp() + k.shift as now, l.organization_id, l.thread_id, l.last_seq,
                   l.has_work and l.due_at > clock_timestamp() + k.shift as taken_care_of, t.channel, t.merged_into,
                   t.deleted_at is not null as deleted, a.id as account_id, w.expires_at > clock_timestamp() + k.shift as window_open,
                   %s
            from (
                select d.organization_id, d.thread_id, d.last_seq, d.has_work, d.due_at, d.fence, d.pair_tokens, d.pair_refilled_at
                from (select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as thread_id) i
                join thread_dispatch d on d.organization_id = i.organization_id and d.thread_id = i.thread_id
                order by d.organization_id, d.thread_id
                for no key update of d
            ) l
            cross join k
            join threads t on t.organization_id = l.organization_id and t.id = l.thread_id
            """ + SendingAccountSql.OF_THREAD + """
            left join thread_windows w on w.organization_id = t.organization_id and w.thread_id = t.id and w.account_id = a.id
            """;

    private static final String LOOK = LOCK_AND_LOOK.formatted(TransactionId.SQL, "false as idle");

    // The same with what a claim needs to know, which only groups that may claim pay for.
    private static final String LOOK_TO_CLAIM = LOCK_AND_LOOK.formatted(TransactionId.SQL, """
            not l.has_work and s.status = 'connected' as idle, l.fence, l.pair_tokens, l.pair_refilled_at, t.identifier,
            s.version as account_version, extract(epoch from w.expires_at - clock_timestamp() - k.shift)::float8 as window_left
            """) + """
            left join channel_accounts s on s.organization_id = t.organization_id and s.id = a.id
            """;

    // Threads without a place to lock: merged into others, gone, or never there.
    private static final String WITHOUT_PLACE = """
            select %s as xid, parley_now() as now, i.organization_id, i.thread_id, null::int8 as last_seq,
                   false as taken_care_of, t.channel, t.merged_into, t.id is null or t.deleted_at is not null as deleted,
                   a.id as account_id, false as window_open, false as idle
            from (select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as thread_id) i
            left join threads t on t.organization_id = i.organization_id and t.id = i.thread_id
            """.formatted(TransactionId.SQL) + SendingAccountSql.OF_THREAD;

    private SubmitLookStore() {}

    /**
     * What was found for a group.
     *
     * @param transactionId its {@link TransactionId}
     * @param now the database's time
     * @param rows one for each command, in order
     */
    record Looked(String transactionId, Instant now, List<SubmitFound> rows) {}

    private record ThreadKey(UUID organization, UUID thread) {}

    private record Target(
            String transactionId,
            Instant now,
            @Nullable Place place,
            @Nullable UUID mergedInto,
            @Nullable UUID account,
            boolean windowOpen) {}

    /**
     * Looks up a group and locks its threads' places, until the transaction ends.
     *
     * @param claims whether to look for what a claim needs to know
     */
    static Looked look(Connection connection, List<SubmitCommand> commands, Duration keysKept, boolean claims)
            throws SQLException {
        List<ThreadKey> keys = commands.stream()
                .map(command ->
                        new ThreadKey(command.organization(), command.message().threadId()))
                .toList();
        Map<ThreadKey, Target> found = new HashMap<>();
        List<SubmitNameStore.Named> names =
                find(connection, new LinkedHashSet<>(keys), found, commands, keysKept, claims);
        List<ThreadKey> kept = new ArrayList<>(keys);
        kept.replaceAll(key -> {
            UUID into = at(found, key).mergedInto();
            return into == null ? key : new ThreadKey(key.organization(), into);
        });
        Set<ThreadKey> merged = new LinkedHashSet<>(kept);
        merged.removeAll(found.keySet());
        if (!merged.isEmpty()) {
            find(connection, merged, found, List.of(), keysKept, claims);
        }
        List<SubmitFound> rows = new ArrayList<>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            rows.add(found(at(found, kept.get(i)), names.isEmpty() ? SubmitNameStore.Named.NONE : names.get(i)));
        }
        Target any = at(found, keys.getFirst());
        return new Looked(any.transactionId(), any.now(), rows);
    }

    private static Target at(Map<ThreadKey, Target> found, ThreadKey key) {
        return Objects.requireNonNull(found.get(key));
    }

    private static SubmitFound found(Target thread, SubmitNameStore.Named named) {
        Kept kept = named.kept();
        return new SubmitFound(kept, thread.place(), named.idTaken(), thread.account(), thread.windowOpen());
    }

    /** Looks for the group's names, too, in the same round trip, where it has any. */
    private static List<SubmitNameStore.Named> find(
            Connection connection,
            Set<ThreadKey> keys,
            Map<ThreadKey, Target> found,
            List<SubmitCommand> commands,
            Duration keysKept,
            boolean claims)
            throws SQLException {
        String look = claims ? LOOK_TO_CLAIM : LOOK;
        boolean named = SubmitNameStore.hasNames(commands);
        List<ThreadKey> threads = List.copyOf(keys);
        List<SubmitNameStore.Named> names = List.of();
        try (PreparedStatement statement =
                connection.prepareStatement(named ? look + ";" + SubmitNameStore.LOOK : look)) {
            Arrays arrays = bind(statement, threads);
            if (named) {
                SubmitNameStore.bind(arrays, commands, keysKept);
            }
            statement.execute();
            read(statement, found);
            if (named && statement.getMoreResults()) {
                names = SubmitNameStore.read(statement, commands);
            }
        }
        List<ThreadKey> placeless =
                threads.stream().filter(key -> !found.containsKey(key)).toList();
        if (!placeless.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(WITHOUT_PLACE)) {
                bind(statement, placeless);
                statement.execute();
                read(statement, found);
            }
        }
        return names;
    }

    private static Arrays bind(PreparedStatement statement, List<ThreadKey> threads) throws SQLException {
        return new Arrays(statement).uuids(threads, ThreadKey::organization).uuids(threads, ThreadKey::thread);
    }

    private static void read(PreparedStatement statement, Map<ThreadKey, Target> found) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            String transaction = null;
            Instant now = null;
            while (row.next()) {
                transaction = transaction == null ? row.getString("xid") : transaction;
                now = now == null ? Objects.requireNonNull(MessageRows.time(row, "now")) : now;
                UUID organization = row.getObject("organization_id", UUID.class);
                UUID thread = row.getObject("thread_id", UUID.class);
                found.put(
                        new ThreadKey(organization, thread),
                        new Target(
                                transaction,
                                now,
                                place(row, thread),
                                row.getObject("merged_into", UUID.class),
                                row.getObject("account_id", UUID.class),
                                row.getBoolean("window_open")));
            }
        }
    }

    private static @Nullable Place place(ResultSet row, UUID thread) throws SQLException {
        return row.getBoolean("deleted")
                ? null
                : new Place(
                        thread,
                        row.getString("channel"),
                        row.getObject("last_seq", Long.class),
                        row.getBoolean("taken_care_of"),
                        row.getBoolean("idle") ? idle(row) : null);
    }

    private static AcceptClaims.Idle idle(ResultSet row) throws SQLException {
        return new AcceptClaims.Idle(
                row.getLong("fence"),
                row.getString("identifier"),
                row.getInt("account_version"),
                row.getObject("pair_tokens", Double.class),
                MessageRows.time(row, "pair_refilled_at"),
                Duration.ofMillis((long) (row.getDouble("window_left") * 1000)));
    }
}
