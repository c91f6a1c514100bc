package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes deliveries pending again. */
final class RedeliveryStore {

    private static final String WEBHOOK =
            "select webhook_id from webhook_deliveries where organization_id = ? and id = ?";

    private static final String TARGET = """
            select case when w.active and e.paused_at is null then e.id end, parley_now()
            from webhooks w
            left join webhook_endpoints e on e.organization_id = w.organization_id and e.id = w.endpoint_id
            where w.organization_id = ? and w.id = ? and w.deleted_at is null
            """;

    private static final String SLICE = """
            select id, created_at from webhook_deliveries
            where organization_id = ? and webhook_id = ? and (created_at, id) > (?, ?) and created_at < ?
            order by created_at, id limit ?
            """;

    // One that waits in its lane stays there. The rest is locked in the order of keys, as everywhere.
    private static final String AGAIN = """
            with locked as materialized (
                select id from webhook_deliveries
                where organization_id = ? and id = any (?)
                  and (status = 'failed' or status = 'pending' and late or status = 'delivered' and ?)
                order by id for update
            )
            update webhook_deliveries d
            set status = 'pending', late = true, tries = 0, due_at = parley_now(), endpoint_id = ?, updated_at = parley_now()
            from locked where d.organization_id = ? and d.id = locked.id
            """;

    private RedeliveryStore() {}

    /**
     * Where a webhook's deliveries go.
     *
     * @param endpoint null when nothing is sent there
     * @param now by the database's clock
     */
    record Target(@Nullable UUID endpoint, Instant now) {}

    /** A place in the order by time and id. */
    record Place(Instant createdAt, UUID id) {

        private static final UUID FIRST = new UUID(0, 0);

        /** Before everything made at that time. */
        static Place before(Instant time) {
            return new Place(time, FIRST);
        }
    }

    /** Deliveries in that order. */
    record Slice(List<UUID> ids, Place last) {}

    static Optional<UUID> webhookOf(Connection connection, UUID organization, UUID delivery) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(WEBHOOK), organization, delivery);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    /** Empty when there is no such webhook. */
    static Optional<Target> target(Connection connection, UUID organization, UUID webhook) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(TARGET), organization, webhook);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Target(
                            row.getObject(1, UUID.class),
                            row.getObject(2, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }

    static Slice slice(Connection connection, UUID organization, UUID webhook, Place after, Instant until, int most)
            throws SQLException {
        List<UUID> ids = new ArrayList<>();
        Place last = after;
        try (PreparedStatement statement = Binds.all(
                        connection.prepareStatement(SLICE),
                        organization,
                        webhook,
                        after.createdAt(),
                        after.id(),
                        until,
                        most);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                UUID id = row.getObject(1, UUID.class);
                ids.add(id);
                last = new Place(Objects.requireNonNull(Binds.time(row.getObject(2, OffsetDateTime.class))), id);
            }
        }
        return new Slice(ids, last);
    }

    /** Makes those of them pending that failed or wait for another try, and says how many those were. */
    static int again(Connection connection, UUID organization, UUID endpoint, List<UUID> ids, boolean delivered)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
            return Binds.all(
                            statement,
                            organization,
                            connection.createArrayOf("uuid", ids.toArray()),
                            delivered,
                            endpoint,
                            organization)
                    .executeUpdate();
        }
    }
}
