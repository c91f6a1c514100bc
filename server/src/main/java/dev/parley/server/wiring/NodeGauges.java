package dev.parley.server.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.server.dispatch.Dispatcher;
import dev.parley.server.platform.clock.NodeClock;
import dev.parley.server.platform.db.Database;
import dev.parley.server.wiring.AccountGauges.Owner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** What is under way on this node. */
final class NodeGauges {

    private final Dispatcher dispatcher;
    private final AccountGauges circuits;

    NodeGauges(Messaging messaging, NodeClock clock, Database database, MeterRegistry registry) {
        this.dispatcher = messaging.dispatcher();
        this.circuits = new AccountGauges(
                registry,
                "parley.account.circuit.open",
                "1 while this node does not call the account's provider, as it did not answer");
        writer(registry, "submit", messaging.submit()::queued);
        writer(registry, "results", dispatcher::resultsQueued);
        writer(registry, "callbacks", messaging.intake()::queued);
        Gauge.builder("parley.attempts.under.way", dispatcher::underWay)
                .description("Calls of providers that are under way on this node, their results included")
                .register(registry);
        Gauge.builder(
                        "parley.clock.correction.seconds",
                        () -> clock.correction().toMillis() / 1000.0)
                .description(
                        "By how much this machine's clock is corrected, as the database's says otherwise; 0 as a rule")
                .register(registry);
        if (database.dataSource() instanceof HikariDataSource pool) {
            pool.setMetricRegistry(registry);
        }
    }

    private static void writer(MeterRegistry registry, String writer, IntSupplier queued) {
        Gauge.builder("parley.writer.queue", queued::getAsInt)
                .description("Rows that wait for their group on this node")
                .tag("writer", writer)
                .register(registry);
    }

    /** Brings the accounts up to date. */
    int runOneCycle() {
        circuits.show(dispatcher.openCircuits().stream()
                .limit(Telemetry.MOST_OWNERS)
                .collect(Collectors.toMap(key -> new Owner(key.organizationId(), key.accountId()), key -> 1.0)));
        return 0;
    }
}
