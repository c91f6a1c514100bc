package dev.parley.server.messages;

import dev.parley.server.accounts.SendingAccountSql;
import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.messages.SubmitFound.Kept;
import dev.parley.server.messages.SubmitFound.Place;
import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first of the two statements that accept a group of messages: looks up and locks. */
final class SubmitLookStore {

    // The dispatch rows of the threads are locked in key order: that makes the order of acceptance. The transaction
    // has its id before a position of an event is drawn. Whether a thread is put off is asked by the time after the
    // locks are had:
    // whoever held one may have made the thread due since the statement began. Each node of the plan costs about as
    // much as a message, so
    // what few groups need is in few groups' statement.
    private static final String LOOK = """
            with moment as materialized (select parley_now() as now),
            found as materialized (
                select i.organization_id, i.thread_id, i.ord, t.id as found_id, t.channel, t.merged_into,
                       t.deleted_at is not null as deleted, a.id as account_id%s
                from (
                    select unnest(?::int8[]) as ord, unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as thread_id%s
                ) i
                left join threads t on t.organization_id = i.organization_id and t.id = i.thread_id
                %s
            ),
            locked as materialized (
                select d.organization_id, d.thread_id, d.last_seq, d.has_work, d.due_at
                from thread_dispatch d
                where (d.organization_id, d.thread_id) in (select f.organization_id, f.thread_id from found f)
                order by d.organization_id, d.thread_id
                for no key update
            ),
            settled as materialized (select parley_now() as now from (select count(*) from locked) l)
            select pg_current_xact_id()::text as xid, m.now, f.found_id, f.channel, f.merged_into, f.deleted, f.account_id,
                   l.last_seq, l.has_work and l.due_at > s.now as taken_care_of, w.expires_at > m.now as window_open%s
            from found f
            cross join moment m
            cross join settled s
            left join locked l on l.organization_id = f.organization_id and l.thread_id = f.thread_id
            left join thread_windows w on w.organization_id = f.organization_id and w.thread_id = f.thread_id
                 and w.account_id = f.account_id
            %s
            order by f.ord
            """;

    private static final String PLAIN = LOOK.formatted("", "", SendingAccountSql.OF_THREAD, "", "");

    /** Also looks for the ids that callers chose, and for idempotency keys. */
    private static final String NAMED = LOOK.formatted(
            ", i.chosen_id, i.key",
            ", unnest(?::uuid[]) as chosen_id, unnest(?::bytea[]) as key",
            SendingAccountSql.OF_THREAD,
            """
            , taken.id is not null as id_taken, k.fingerprint, k.outcome, k.message_id, k.state""",
            """
            left join messages taken on taken.organization_id = f.organization_id and taken.id = f.chosen_id
            left join idempotency_keys k on k.organization_id = f.organization_id and k.key = f.key
                 and k.created_at > m.now - ?::int8 * interval '1 microsecond'
            """);

    private SubmitLookStore() {}

    /**
     * What was found for a group.
     *
     * @param transactionId {@code pg_current_xact_id()}
     * @param now the database's time
     * @param rows one for each command, in order
     */
    record Looked(String transactionId, Instant now, List<SubmitFound> rows) {}

    /** Looks up a group and locks its threads' places, until the transaction ends. */
    static Looked look(Connection connection, List<SubmitCommand> commands, Duration keysKept) throws SQLException {
        List<UUID> threads =
                commands.stream().map(command -> command.message().threadId()).toList();
        Looked looked = look(connection, commands, threads, keysKept);
        if (looked.rows().stream().noneMatch(found -> found.mergedInto() != null)) {
            return looked;
        }
        List<UUID> kept = new ArrayList<>(threads);
        for (int i = 0; i < kept.size(); i++) {
            UUID into = looked.rows().get(i).mergedInto();
            kept.set(i, into == null ? threads.get(i) : into);
        }
        return look(connection, commands, kept, keysKept);
    }

    private static Looked look(
            Connection connection, List<SubmitCommand> commands, List<UUID> threads, Duration keysKept)
            throws SQLException {
        boolean named = commands.stream().anyMatch(command -> command.chosenId() || command.idempotency() != null);
        try (PreparedStatement statement = connection.prepareStatement(named ? NAMED : PLAIN)) {
            Arrays arrays = new Arrays(statement)
                    .places(commands)
                    .uuids(commands, SubmitCommand::organization)
                    .uuids(threads, thread -> thread);
            if (named) {
                arrays.uuids(
                                commands,
                                command ->
                                        command.chosenId() ? command.message().id() : null)
                        .bytes(commands, command -> key(command.idempotency()))
                        .value(keysKept.toNanos() / 1000);
            }
            try (ResultSet row = statement.executeQuery()) {
                return read(row, commands, named);
            }
        }
    }

    private static byte @Nullable [] key(@Nullable Idempotency idempotency) {
        return idempotency == null ? null : idempotency.key();
    }

    private static Looked read(ResultSet row, List<SubmitCommand> commands, boolean named) throws SQLException {
        List<SubmitFound> found = new ArrayList<>(commands.size());
        String transaction = "";
        Instant now = Instant.EPOCH;
        for (SubmitCommand command : commands) {
            row.next();
            if (found.isEmpty()) {
                transaction = row.getString("xid");
                now = Objects.requireNonNull(MessageRows.time(row, "now"));
            }
            found.add(new SubmitFound(
                    named ? kept(row, command.idempotency()) : null,
                    place(row),
                    row.getObject("merged_into", UUID.class),
                    named && row.getBoolean("id_taken"),
                    row.getObject("account_id", UUID.class),
                    row.getBoolean("window_open")));
        }
        return new Looked(transaction, now, found);
    }

    private static @Nullable Kept kept(ResultSet row, @Nullable Idempotency idempotency) throws SQLException {
        byte[] fingerprint = idempotency == null ? null : row.getBytes("fingerprint");
        if (idempotency == null || fingerprint == null) {
            return null;
        }
        return new Kept(
                java.util.Arrays.equals(fingerprint, idempotency.fingerprint()),
                row.getString("outcome"),
                row.getObject("message_id", UUID.class),
                row.getString("state"));
    }

    private static @Nullable Place place(ResultSet row) throws SQLException {
        UUID thread = row.getObject("found_id", UUID.class);
        return thread == null || row.getBoolean("deleted")
                ? null
                : new Place(
                        thread,
                        row.getString("channel"),
                        row.getObject("last_seq", Long.class),
                        row.getBoolean("taken_care_of"));
    }
}
