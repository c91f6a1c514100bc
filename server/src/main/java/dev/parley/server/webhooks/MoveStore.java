package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is pending for a webhook that goes elsewhere now, or nowhere. */
final class MoveStore {

    private static final String NOTE = """
            insert into webhook_moves (organization_id, webhook_id, endpoint_id, noted_at, due_at)
            values (?, ?, ?, parley_now(), parley_now())
            on conflict (organization_id, webhook_id, endpoint_id) do update
            set noted_at = excluded.noted_at, due_at = excluded.due_at
            """;

    private static final String TAKE = """
            select m.organization_id, m.webhook_id, m.endpoint_id,
                   m.noted_at <= parley_now() - ? * interval '1 second' as last,
                   case when w.active and w.deleted_at is null then w.endpoint_id end as target
            from webhook_moves m
            left join webhooks w on w.organization_id = m.organization_id and w.id = m.webhook_id
            where m.due_at <= parley_now()
            order by m.due_at, m.organization_id, m.webhook_id
            limit 1
            for update of m skip locked
            """;

    private static final String LATER = """
            update webhook_moves set due_at = parley_now() + ? * interval '1 second'
            where organization_id = ? and webhook_id = ? and endpoint_id = ?
            """;

    private static final String DONE =
            "delete from webhook_moves where organization_id = ? and webhook_id = ? and endpoint_id = ?";

    // Two searches, as each of the two indexes holds one sort of them. Locked in the order of keys, as everywhere.
    private static final String PENDING = """
            with found as materialized (
                (select id from webhook_deliveries
                 where organization_id = ? and endpoint_id = ? and webhook_id = ? and status = 'pending' and not late limit ?)
                union all
                (select id from webhook_deliveries
                 where organization_id = ? and endpoint_id = ? and webhook_id = ? and status = 'pending' and late limit ?)
            ), locked as materialized (
                select d.id from webhook_deliveries d
                where d.organization_id = ? and d.id in (select id from found) and d.status = 'pending'
                order by d.id for update
            )
            """;

    private static final String MOVE = PENDING + """
            update webhook_deliveries d set endpoint_id = ?, updated_at = parley_now()
            from locked where d.organization_id = ? and d.id = locked.id
            """;

    private static final String GIVE_UP = PENDING + """
            update webhook_deliveries d
            set status = 'failed', due_at = null, updated_at = parley_now(), attempts = (
                coalesce(d.attempts::jsonb, '[]') || jsonb_build_array(jsonb_build_object(
                    'time', to_char(parley_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                    'statusCode', null, 'error', ?::text, 'milliseconds', null)))::text
            from locked where d.organization_id = ? and d.id = locked.id
            """;

    private MoveStore() {}

    /**
     * One to be worked on, locked.
     *
     * @param from the endpoint that it left
     * @param target where it goes; null for nowhere
     * @param last whether nothing can come after it any more
     */
    record Move(
            UUID organization,
            UUID webhook,
            UUID from,
            @Nullable UUID target,
            boolean last) {}

    /** What is pending for the webhook has to leave this endpoint; null when it had none. */
    static void note(Connection connection, UUID organization, UUID webhook, @Nullable UUID from) throws SQLException {
        if (from != null) {
            execute(connection, NOTE, organization, webhook, from);
        }
    }

    static Optional<Move> take(Connection connection, Duration settled) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(TAKE), settled.toSeconds());
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Move(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getObject(3, UUID.class),
                            row.getObject(5, UUID.class),
                            row.getBoolean(4)))
                    : Optional.empty();
        }
    }

    /** Moves at most so many of each sort, and says how many. */
    static int move(Connection connection, Move m, UUID target, int most) throws SQLException {
        return pending(connection, MOVE, m, most, target);
    }

    /** Ends at most so many of each sort as failed, and says how many. */
    static int giveUp(Connection connection, Move m, String why, int most) throws SQLException {
        return pending(connection, GIVE_UP, m, most, why);
    }

    static void later(Connection connection, Move m, Duration wait) throws SQLException {
        execute(connection, LATER, wait.toSeconds(), m.organization(), m.webhook(), m.from());
    }

    static void done(Connection connection, Move m) throws SQLException {
        execute(connection, DONE, m.organization(), m.webhook(), m.from());
    }

    private static int pending(Connection connection, String sql, Move m, int most, Object value) throws SQLException {
        UUID organization = m.organization();
        return execute(
                connection,
                sql,
                organization,
                m.from(),
                m.webhook(),
                most,
                organization,
                m.from(),
                m.webhook(),
                most,
                organization,
                value,
                organization);
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Binds.all(statement, values).executeUpdate();
        }
    }
}
