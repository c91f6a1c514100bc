package dev.parley.server.wiring;

import dev.parley.server.events.feed.HorizonReader;
import dev.parley.server.platform.background.Repeater;
import dev.parley.server.platform.db.Database;
import dev.parley.server.search.SearchLoadStore;
import dev.parley.server.search.SearchReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is found by words.
 *
 * @param reader turns events into entries; to be signalled when events were appended
 */
record Searching(Repeater reader, Repeater gauges) implements AutoCloseable {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** What comes under load is taken together: a message may be found this much later. */
    private static final Duration PACE = Duration.ofMillis(500);

    private static final Duration GAUGES = Duration.ofSeconds(5);
    /** How long a transaction under way is waited for; what it hides comes with the next cycle. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    static Searching start(Platform platform) {
        Database database = platform.database();
        SearchReader search = new SearchReader(database, new HorizonReader(database, PATIENCE));
        Repeater reader = Repeater.start("search-reader", SECOND, PACE, search::runOneCycle);
        platform.appended().wakes(reader::signal);
        AtomicReference<SearchLoadStore.@Nullable Load> load = new AtomicReference<>();
        gauges(platform.metrics().registry(), load);
        Repeater gauges = Repeater.start("search-gauges", GAUGES, () -> {
            load.set(null);
            load.set(database.call(SearchLoadStore::read));
            return 0;
        });
        return new Searching(reader, gauges);
    }

    private static void gauges(MeterRegistry registry, AtomicReference<SearchLoadStore.@Nullable Load> load) {
        gauge(
                registry,
                "parley.search.position",
                "Up to where the event log was turned into entries of the search",
                load,
                SearchLoadStore.Load::position);
        gauge(
                registry,
                "parley.search.backfills",
                "Organizations and types of which some resources have no entry yet",
                load,
                SearchLoadStore.Load::backfills);
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            String description,
            AtomicReference<SearchLoadStore.@Nullable Load> load,
            ToDoubleFunction<SearchLoadStore.Load> value) {
        Gauge.builder(name, load, held -> {
                    SearchLoadStore.Load known = held.get();
                    return known == null ? Double.NaN : value.applyAsDouble(known);
                })
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void close() {
        reader.close();
        gauges.close();
    }
}
