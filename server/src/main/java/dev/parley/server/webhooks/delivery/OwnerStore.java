package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Who sends to which endpoint. Times are the database's. */
final class OwnerStore {

    // Due ones, and those whose owner is gone. One that this node has already shows by this that there is something
    // new.
    private static final String CLAIM = """
            with due as (
                select organization_id, id from webhook_endpoints
                where due_at <= (select parley_now()) and paused_at is null and (owner_id is null or owner_id = ?)
                and (open_until is null or open_until <= (select parley_now()))
                order by due_at limit ? for no key update skip locked
            ), orphaned as (
                select organization_id, id from webhook_endpoints
                where owner_id is not null and owned_until < (select parley_now()) and paused_at is null
                order by owned_until limit ? for no key update skip locked
            )
            update webhook_endpoints e
            set due_at = null, owner_id = ?, owned_until = (select parley_now()) + ? * interval '1 second',
                fence = case when e.owner_id = ? then e.fence else e.fence + 1 end
            from (select * from due union select * from orphaned) t
            where e.organization_id = t.organization_id and e.id = t.id
            returning e.organization_id, e.id, e.url, e.fence, e.failures
            """;

    private static final String LOCKED = """
            with locked as (
                select e.organization_id, e.id, e.fence from webhook_endpoints e
                join (select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id, unnest(?::int8[]) as fence) k
                    on e.organization_id = k.organization_id and e.id = k.id and e.fence = k.fence
                where e.owner_id = ?
                order by e.organization_id, e.id
                for no key update of e
            )
            """;

    private static final String KEEP = LOCKED + """
            update webhook_endpoints e set owned_until = (select parley_now()) + ? * interval '1 second'
            from locked k where e.organization_id = k.organization_id and e.id = k.id
            returning e.organization_id, e.id
            """;

    private static final String LOCK = LOCKED + "select organization_id, id from locked";

    // A statement of its own, after the lock: it sees whatever was inserted by who had the lock before.
    private static final String RELEASE = """
            update webhook_endpoints e
            set owner_id = null, owned_until = null,
                due_at = case when p.due_at is null then null else greatest(p.due_at, e.open_until) end
            from (
                select k.organization_id, k.id, least(
                    (select parley_now() from webhook_deliveries d
                     where d.organization_id = k.organization_id and d.endpoint_id = k.id and d.status = 'pending' and not d.late
                     limit 1),
                    (select min(d.due_at) from webhook_deliveries d
                     where d.organization_id = k.organization_id and d.endpoint_id = k.id and d.status = 'pending' and d.late)
                ) as due_at
                from (select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id, unnest(?::int8[]) as fence) k
            ) p
            where e.organization_id = p.organization_id and e.id = p.id and e.owner_id = ?
            """;

    private static final String RECALL = """
            with moment as materialized (
                select parley_now() as now, parley_now() + ? * interval '1 second' as lease_end
            ), waiting as materialized (
                select e.organization_id, e.id from webhook_endpoints e cross join moment m
                where e.due_at > m.now or e.open_until > m.now or e.owned_until > m.lease_end
                order by e.organization_id, e.id for no key update of e
            )
            update webhook_endpoints e
            set due_at = least(e.due_at, m.now), open_until = least(e.open_until, m.now),
                owned_until = least(e.owned_until, m.lease_end)
            from waiting w cross join moment m
            where e.organization_id = w.organization_id and e.id = w.id
            """;

    private OwnerStore() {}

    /** Of all organizations: what is due later is due now, no circuit is open, no lease is longer than a new one; how many. */
    static int recall(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECALL)) {
            statement.setLong(1, ClaimedEndpoint.LEASE.toSeconds());
            return statement.executeUpdate();
        }
    }

    /** Takes endpoints that are due, at most so many; also tells of owned ones that became due again. */
    static List<ClaimedEndpoint> claim(Connection connection, UUID node, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setObject(1, node);
            statement.setInt(2, most);
            statement.setInt(3, most);
            statement.setObject(4, node);
            statement.setLong(5, ClaimedEndpoint.LEASE.toSeconds());
            statement.setObject(6, node);
            try (ResultSet row = statement.executeQuery()) {
                List<ClaimedEndpoint> claimed = new ArrayList<>();
                while (row.next()) {
                    claimed.add(new ClaimedEndpoint(key(row), row.getString(3), row.getLong(4), row.getInt(5)));
                }
                return claimed;
            }
        }
    }

    /** Keeps these for another lease; those that are still this node's. */
    static Set<EndpointKey> keep(Connection connection, UUID node, List<ClaimedEndpoint> owned) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            keys(statement, owned).value(node).value(ClaimedEndpoint.LEASE.toSeconds());
            try (ResultSet row = statement.executeQuery()) {
                Set<EndpointKey> kept = new HashSet<>();
                while (row.next()) {
                    kept.add(key(row));
                }
                return kept;
            }
        }
    }

    /** Gives these back, each due when something of it is. Runs in a transaction: the lock is held until its end. */
    static void release(Connection connection, UUID node, List<ClaimedEndpoint> owned) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            keys(lock, owned).value(node);
            lock.execute();
        }
        try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
            keys(release, owned).value(node);
            release.executeUpdate();
        }
    }

    private static Arrays keys(PreparedStatement statement, List<ClaimedEndpoint> owned) throws SQLException {
        return new Arrays(statement)
                .uuids(owned, endpoint -> endpoint.key().organizationId())
                .uuids(owned, endpoint -> endpoint.key().id())
                .longs(owned, ClaimedEndpoint::fence);
    }

    private static EndpointKey key(ResultSet row) throws SQLException {
        return new EndpointKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
    }
}
