package dev.parley.server.wiring;

import dev.parley.server.callbacks.CallbackLoad;
import dev.parley.server.callbacks.CallbackLoadStore;
import dev.parley.server.dispatch.Backlog;
import dev.parley.server.dispatch.BacklogStore;
import dev.parley.server.dispatch.Doubts;
import dev.parley.server.events.HorizonWatch;
import dev.parley.server.media.MediaLoadStore;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.webhooks.delivery.DeliveryLoad;
import dev.parley.server.webhooks.delivery.LoadStore;
import dev.parley.server.wiring.AccountGauges.Owner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the database, read now and then and kept for whoever scrapes: a scrape asks the database nothing, and is answered
 * when that is down. What could not be read for a minute is not shown any more. Cycles are run by one thread at a time.
 */
final class WorkGauges {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int STATEMENT_MILLIS = 2000;
    /** Reading takes at most this share of one connection's time. */
    private static final int REST_FACTOR = 100;

    private final Database database;
    private final HorizonWatch horizon;
    private final AccountGauges messages;
    private final AccountGauges lateness;
    private final AccountGauges doubts;
    private volatile @Nullable Reading reading;
    private long nextAt = System.nanoTime();

    /** What one cycle found, and when. */
    private record Reading(
            List<Backlog> backlogs,
            List<Doubts> doubts,
            CallbackLoad callbacks,
            long files,
            DeliveryLoad webhooks,
            HorizonWatch.Seen horizon,
            long at) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - at);
        }

        long messages() {
            return backlogs.stream().mapToLong(Backlog::messages).sum();
        }

        double latest() {
            return backlogs.stream().mapToDouble(Backlog::lateSeconds).max().orElse(0);
        }

        long doubted() {
            return doubts.stream().mapToLong(Doubts::messages).sum();
        }
    }

    private record Work(
            List<Backlog> backlogs, List<Doubts> doubts, CallbackLoad callbacks, long files, DeliveryLoad webhooks) {}

    WorkGauges(Database database, MeterRegistry registry) {
        this.database = database;
        this.horizon = new HorizonWatch(database);
        this.messages = new AccountGauges(
                registry,
                "parley.account.queue.messages",
                "Messages of the account that wait or are under way, in all nodes; cancelled ones until their turn comes");
        this.lateness = new AccountGauges(
                registry,
                "parley.account.queue.age.seconds",
                "Since when the account's most overdue thread is due to be sent");
        this.doubts = new AccountGauges(
                registry, "parley.account.doubts", "Messages of the account whose outcome is unknown");
        gauge(registry, "parley.queue.messages", "Messages that wait or are under way", Reading::messages);
        gauge(registry, "parley.queue.age.seconds", "Since when the most overdue thread is due", Reading::latest);
        gauge(registry, "parley.doubts", "Messages whose outcome is unknown", Reading::doubted);
        callbacks(registry, "pending", load -> load.callbacks().pending());
        callbacks(registry, "parked", load -> load.callbacks().parked());
        callbacks(registry, "set_aside", load -> load.callbacks().setAside());
        gauge(
                registry,
                "parley.callbacks.age.seconds",
                "Since when the first update that is still to be applied waits",
                load -> load.callbacks().oldestPendingSeconds());
        gauge(registry, "parley.media.downloads.waiting", "Candidates' files still at a provider", Reading::files);
        webhooks(registry);
        gauge(
                registry,
                "parley.events.position",
                "The last position of the event log that was taken",
                seen -> seen.horizon().position());
        gauge(
                registry,
                "parley.events.horizon",
                "The last position of the event log that may be read",
                seen -> seen.horizon().horizon());
        gauge(
                registry,
                "parley.events.horizon.lag.seconds",
                "Since when there are events that may not be read yet",
                seen -> seconds(seen.horizon().lag()));
        gauge(
                registry,
                "parley.reading.age.seconds",
                "How old these numbers of the database are",
                seen -> seconds(seen.age()));
    }

    private void webhooks(MeterRegistry registry) {
        gauge(
                registry,
                "parley.webhooks.pending",
                "Deliveries that are to be made",
                load -> load.webhooks().pending());
        gauge(
                registry,
                "parley.webhooks.age.seconds",
                "Since when the oldest delivery that was not tried yet waits",
                load -> load.webhooks().oldestSeconds());
        gauge(
                registry,
                "parley.webhooks.circuits.open",
                "Endpoints left alone for a while",
                load -> load.webhooks().openCircuits());
        gauge(
                registry,
                "parley.webhooks.paused",
                "Endpoints paused, as they failed for days",
                load -> load.webhooks().paused());
        gauge(
                registry,
                "parley.webhooks.position",
                "Up to where the event log was turned into deliveries",
                load -> load.webhooks().position());
    }

    private void callbacks(MeterRegistry registry, String state, ToDoubleFunction<Reading> value) {
        Gauge.builder("parley.callbacks.kept", this, gauges -> gauges.shown(value))
                .description("Updates from providers that are kept, up to 10,000 each")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Reading> value) {
        Gauge.builder(name, this, gauges -> gauges.shown(value))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private double shown(ToDoubleFunction<Reading> value) {
        Reading known = reading;
        return known == null || known.age().compareTo(KEPT) > 0 ? Double.NaN : value.applyAsDouble(known);
    }

    /** Reads once, unless reading was so slow lately that it is to rest. */
    int runOneCycle() throws InterruptedException {
        long start = System.nanoTime();
        if (nextAt - start > 0) {
            return 0;
        }
        try {
            Work work = database.transact(WorkGauges::read);
            nextAt = System.nanoTime() + (System.nanoTime() - start) * REST_FACTOR;
            Reading now = new Reading(
                    work.backlogs(),
                    work.doubts(),
                    work.callbacks(),
                    work.files(),
                    work.webhooks(),
                    horizon.look(),
                    System.nanoTime());
            reading = now;
            show(now.backlogs(), now.doubts());
        } catch (DatabaseException e) {
            Reading known = reading;
            if (known == null || known.age().compareTo(KEPT) > 0) {
                show(List.of(), List.of());
            }
            throw e;
        }
        return 0;
    }

    private static Work read(Connection connection) throws SQLException {
        BacklogStore.limit(connection, STATEMENT_MILLIS);
        return new Work(
                BacklogStore.waiting(connection, Telemetry.MOST_OWNERS),
                BacklogStore.doubted(connection, Telemetry.MOST_OWNERS),
                CallbackLoadStore.read(connection),
                MediaLoadStore.waiting(connection),
                LoadStore.read(connection));
    }

    private void show(List<Backlog> backlogs, List<Doubts> doubted) {
        messages.show(backlogs.stream().collect(Collectors.toMap(WorkGauges::owner, row -> (double) row.messages())));
        lateness.show(backlogs.stream().collect(Collectors.toMap(WorkGauges::owner, Backlog::lateSeconds)));
        doubts.show(doubted.stream()
                .collect(Collectors.toMap(
                        row -> new Owner(row.organizationId(), row.accountId()), row -> (double) row.messages())));
    }

    private static Owner owner(Backlog row) {
        return new Owner(row.organizationId(), row.accountId());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
