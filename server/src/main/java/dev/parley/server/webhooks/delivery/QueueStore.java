package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is pending, with what it tells, for many endpoints at once. */
final class QueueStore {

    // Limits keep the planner from doing anything but to look up each row.
    private static final String READ = """
            select k.place, d.id, d.webhook_id, d.position, d.lane, d.late, d.tries,
                w.active, w.secret_header, w.endpoint_id, w.id is not null as subscribed,
                e.event, e.resource_type, e.resource_id, e.fields, e.state, e.created_at
            from (
                select unnest(?::int8[]) as place, unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as endpoint_id,
                       unnest(?::int8[]) as position, unnest(?::uuid[]) as after_id
            ) k
            cross join lateral (
                (select * from webhook_deliveries f
                 where f.organization_id = k.organization_id and f.endpoint_id = k.endpoint_id
                 and f.status = 'pending' and not f.late and (f.position, f.id) > (k.position, k.after_id)
                 order by f.position, f.id limit ?)
                union all
                (select * from webhook_deliveries l
                 where l.organization_id = k.organization_id and l.endpoint_id = k.endpoint_id
                 and l.status = 'pending' and l.late and l.due_at <= (select parley_now())
                 order by l.due_at limit ?)
            ) d
            left join lateral (
                select * from webhooks w where w.organization_id = k.organization_id and w.id = d.webhook_id
                and w.deleted_at is null limit 1) w on true
            left join lateral (
                select * from events e where e.organization_id = k.organization_id and e.position = d.position limit 1
            ) e on true
            order by k.place, d.position, d.id
            """;

    private static final String AGAIN = """
            select w.active, w.secret_header, w.endpoint_id, w.id is not null as subscribed,
                e.event, e.resource_type, e.resource_id, e.fields, e.state, e.created_at
            from (select ?::uuid as organization_id, ?::uuid as webhook_id, ?::int8 as position) k
            left join webhooks w on w.organization_id = k.organization_id and w.id = k.webhook_id and w.deleted_at is null
            left join events e on e.organization_id = k.organization_id and e.position = k.position
            """;

    private QueueStore() {}

    /**
     * From where an endpoint's deliveries are wanted.
     *
     * @param position those behind it and {@code id}
     */
    record Wanted(EndpointKey endpoint, long position, UUID id) {}

    /** The next of each endpoint in the order of positions, at most {@code most} in order and as many late ones that are due. */
    static List<Pending> read(Connection connection, List<Wanted> wanted, int most) throws SQLException {
        long readAt = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            new Arrays(statement)
                    .places(wanted)
                    .uuids(wanted, endpoint -> endpoint.endpoint().organizationId())
                    .uuids(wanted, endpoint -> endpoint.endpoint().id())
                    .longs(wanted, Wanted::position)
                    .uuids(wanted, Wanted::id)
                    .value(most)
                    .value(most);
            try (ResultSet row = statement.executeQuery()) {
                List<Pending> found = new ArrayList<>();
                while (row.next()) {
                    found.add(pending(row, wanted.get(row.getInt("place")).endpoint(), readAt));
                }
                return found;
            }
        }
    }

    /** The same delivery with its webhook and its event as they are now. */
    static Pending again(Connection connection, Pending pending) throws SQLException {
        long readAt = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
            Binds.all(statement, pending.endpoint().organizationId(), pending.webhookId(), pending.position());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Pending(
                        pending.endpoint(),
                        pending.id(),
                        pending.webhookId(),
                        pending.position(),
                        pending.lane(),
                        pending.late(),
                        pending.tries(),
                        subscription(row),
                        event(row),
                        readAt);
            }
        }
    }

    private static Pending pending(ResultSet row, EndpointKey endpoint, long readAt) throws SQLException {
        return new Pending(
                endpoint,
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class),
                row.getLong("position"),
                row.getInt("lane"),
                row.getBoolean("late"),
                row.getInt("tries"),
                subscription(row),
                event(row),
                readAt);
    }

    private static Pending.@Nullable Subscription subscription(ResultSet row) throws SQLException {
        return row.getBoolean("subscribed")
                ? new Pending.Subscription(
                        row.getBoolean("active"),
                        row.getBoolean("secret_header"),
                        row.getObject("endpoint_id", UUID.class))
                : null;
    }

    private static Pending.@Nullable Told event(ResultSet row) throws SQLException {
        return row.getString("event") == null ? null : told(row);
    }

    private static Pending.Told told(ResultSet row) throws SQLException {
        Array fields = row.getArray("fields");
        return new Pending.Told(
                Objects.requireNonNull(row.getString("event")),
                Objects.requireNonNull(row.getString("resource_type")),
                row.getObject("resource_id", UUID.class),
                fields == null ? List.of() : List.of((String[]) fields.getArray()),
                row.getString("state"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
