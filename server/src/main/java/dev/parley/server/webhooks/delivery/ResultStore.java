package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.db.Together;
import dev.parley.server.platform.db.TransactionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what became of tries, many of many endpoints at once: first deliveries, then endpoints, each in the order of keys. */
final class ResultStore {

    // Attempts are few; a delivery that is sent again and again keeps the newest. Locking rows beforehand would cost a
    // third of this: they are walked through in the order of keys, and should two writers block each other all the
    // same, one tries again.
    private static final String DELIVERIES = """
            with given as materialized (
                select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::int8[], ?::text[])
                    as g (organization_id, id, status, delay, attempt)
                order by organization_id, id
            )
            update webhook_deliveries d
            set status = g.status, late = d.late or g.status = 'pending', tries = d.tries + 1,
                due_at = n.now + g.delay * interval '1 millisecond', updated_at = n.now,
                attempts = case
                    when d.attempts is null then '[' || g.attempt || ']'
                    when length(d.attempts) > 8000 then (d.attempts::jsonb - 0 || g.attempt::jsonb)::text
                    else left(d.attempts, -1) || ',' || g.attempt || ']' end
            from given g cross join (select parley_now() as now) n
            where d.organization_id = g.organization_id and d.id = g.id and d.status = 'pending'
            """;

    private static final String ENDPOINTS = """
            with given as (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id, unnest(?::int8[]) as failures,
                       unnest(?::int8[]) as open_for
            ), locked as (
                select e.organization_id, e.id from webhook_endpoints e join given g using (organization_id, id)
                order by e.organization_id, e.id
                for no key update of e
            )
            update webhook_endpoints e
            set failures = case when g.failures > 0 then greatest(e.failures, g.failures) else 0 end,
                failing_since = case when g.failures > 0 then coalesce(e.failing_since, n.now) end,
                open_until = case when g.failures > 0
                    then coalesce(n.now + g.open_for * interval '1 millisecond', e.open_until) end,
                paused_at = case when g.failures > 0 and e.failing_since <= n.now - ? * interval '1 millisecond'
                    then coalesce(e.paused_at, n.now) else e.paused_at end
            from locked k join given g using (organization_id, id), (select parley_now() as now) n
            where e.organization_id = k.organization_id and e.id = k.id
            returning e.organization_id, e.id, e.paused_at is not null
            """;

    private ResultStore() {}

    /**
     * What is kept of a try.
     *
     * @param status of the delivery now: {@code pending}, {@code delivered} or {@code failed}
     * @param delay until the next try; null when there is none
     * @param attempt a JSON object for the log
     * @param change of the endpoint; null when it did as before
     */
    record Kept(
            EndpointKey endpoint,
            UUID id,
            String status,
            @Nullable Duration delay,
            String attempt,
            Health.@Nullable Change change) {}

    /** Writes a group; for each whether its endpoint is paused now. */
    static Group<Boolean> write(Connection connection, List<Kept> items, Duration pauseAfter) throws SQLException {
        String id = transactionId(connection);
        Together deliveries = new Together().add(DELIVERIES, parameters -> bind(parameters, items));
        List<Kept> changed = lastChanges(items);
        if (changed.isEmpty()) {
            // As nearly always: with the commit in the same round trip.
            return new Group<>(id, Collections.nCopies(items.size(), false), deliveries.end());
        }
        deliveries.write(connection);
        Set<EndpointKey> paused = endpoints(connection, changed, pauseAfter);
        return new Group<>(
                id, items.stream().map(item -> paused.contains(item.endpoint())).toList());
    }

    private static void bind(Arrays parameters, List<Kept> items) throws SQLException {
        parameters
                .uuids(items, item -> item.endpoint().organizationId())
                .uuids(items, Kept::id)
                .texts(items, Kept::status)
                .longsOrNull(items, item -> millis(item.delay()))
                .texts(items, Kept::attempt);
    }

    private static List<Kept> lastChanges(List<Kept> items) {
        Map<EndpointKey, Kept> last = new HashMap<>();
        Comparator<Kept> byNumber = Comparator.comparingLong(ResultStore::number);
        items.stream()
                .filter(item -> item.change() != null)
                .forEach(item -> last.merge(item.endpoint(), item, (a, b) -> byNumber.compare(a, b) > 0 ? a : b));
        return List.copyOf(last.values());
    }

    private static Set<EndpointKey> endpoints(Connection connection, List<Kept> changed, Duration pauseAfter)
            throws SQLException {
        Set<EndpointKey> paused = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(ENDPOINTS)) {
            new Arrays(statement)
                    .uuids(changed, item -> item.endpoint().organizationId())
                    .uuids(changed, item -> item.endpoint().id())
                    .longs(
                            changed,
                            item -> item.change() == null ? 0 : item.change().failures())
                    .longsOrNull(
                            changed,
                            item -> item.change() == null
                                    ? null
                                    : millis(item.change().openFor()))
                    .value(pauseAfter.toMillis());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean(3)) {
                        paused.add(new EndpointKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
                    }
                }
            }
        }
        return paused;
    }

    private static long number(Kept item) {
        return item.change() == null ? 0 : item.change().number();
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable String transactionId(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + TransactionId.SQL);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
