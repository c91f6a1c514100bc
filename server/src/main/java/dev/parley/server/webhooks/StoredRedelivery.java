package dev.parley.server.webhooks;

import dev.parley.server.audit.AuditAction;
import dev.parley.server.audit.AuditEntry;
import dev.parley.server.audit.AuditLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.webhooks.RedeliveryStore.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Redelivery by statements on the deliveries; whoever sends finds them pending. Safe for use by many threads at once. */
public final class StoredRedelivery implements Redelivery {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CHUNK = 500;

    private final Database database;
    private final LongSupplier ticker;
    private final int chunk;

    /** @param ticker nanoseconds of a clock that only goes forward, such as {@link System#nanoTime} */
    public StoredRedelivery(Database database, LongSupplier ticker) {
        this(database, ticker, CHUNK);
    }

    StoredRedelivery(Database database, LongSupplier ticker, int chunk) {
        this.database = database;
        this.ticker = ticker;
        this.chunk = chunk;
    }

    @Override
    public One redeliver(UUID organization, UUID delivery) {
        return database.transact(connection -> {
            Optional<UUID> webhook = RedeliveryStore.webhookOf(connection, organization, delivery);
            if (webhook.isEmpty()) {
                return One.MISSING;
            }
            Optional<Target> target = RedeliveryStore.target(connection, organization, webhook.get());
            UUID endpoint = target.isEmpty() ? null : target.get().endpoint();
            if (endpoint == null) {
                return One.INACTIVE;
            }
            RedeliveryStore.again(connection, organization, endpoint, List.of(delivery), true);
            EndpointStore.wake(connection, organization, endpoint);
            return One.PENDING;
        });
    }

    @Override
    public Many redeliverSince(UUID organization, UUID webhook, Instant since, boolean delivered) {
        Optional<Target> target =
                database.call(connection -> RedeliveryStore.target(connection, organization, webhook));
        if (target.isEmpty()) {
            return new Many.Missing();
        }
        if (target.get().endpoint() == null) {
            return new Many.Inactive();
        }
        long began = ticker.getAsLong();
        int count = 0;
        // What happens from here on is sent anyway.
        Instant until = target.get().now();
        RedeliveryStore.Place place = RedeliveryStore.Place.before(since);
        boolean told = false;
        while (place != null) {
            if (ticker.getAsLong() - began > PATIENCE.toNanos()) {
                return new Many.Done(count, place.createdAt());
            }
            Chunk done = chunk(organization, webhook, place, until, delivered, !told);
            told |= done.count() > 0;
            count += done.count();
            place = done.next();
        }
        return new Many.Done(count, null);
    }

    private record Chunk(int count, RedeliveryStore.@Nullable Place next) {}

    /** @param tell whether the audit log is still to be told of the whole */
    private Chunk chunk(
            UUID organization,
            UUID webhook,
            RedeliveryStore.Place after,
            Instant until,
            boolean delivered,
            boolean tell) {
        return database.transact(connection -> {
            RedeliveryStore.Slice slice = RedeliveryStore.slice(connection, organization, webhook, after, until, chunk);
            Optional<Target> target = RedeliveryStore.target(connection, organization, webhook);
            UUID endpoint = target.isEmpty() ? null : target.get().endpoint();
            if (slice.ids().isEmpty() || endpoint == null) {
                return new Chunk(0, null);
            }
            int count = RedeliveryStore.again(connection, organization, endpoint, slice.ids(), delivered);
            if (count > 0) {
                EndpointStore.wake(connection, organization, endpoint);
                AuditAction action = AuditAction.WEBHOOK_REDELIVERED;
                AuditLog.append(
                        connection,
                        tell ? List.of(new AuditEntry(organization, action, webhook, null, until)) : List.of());
            }
            return new Chunk(count, slice.ids().size() < chunk ? null : slice.last());
        });
    }
}
