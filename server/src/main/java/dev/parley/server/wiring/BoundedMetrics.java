package dev.parley.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Timers that each belong to an owner, such as an account, for the owners that were active last: those of others are removed, so
 * that the number of series stays bounded. Safe for use by many threads at once.
 */
final class BoundedMetrics {

    private static final int EXPECTED_OUTCOMES = 8;

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final int mostOwners;
    /** By owner, the least recently active first. */
    private final LinkedHashMap<Tags, Map<String, Timer>> timers = new LinkedHashMap<>(16, 0.75f, true);

    BoundedMetrics(MeterRegistry registry, String name, String description, int mostOwners) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.mostOwners = mostOwners;
    }

    void record(Tags owner, String outcome, Duration time) {
        timer(owner, outcome).record(time);
    }

    private synchronized Timer timer(Tags owner, String outcome) {
        Map<String, Timer> own = timers.computeIfAbsent(owner, added -> HashMap.newHashMap(EXPECTED_OUTCOMES));
        Timer timer = own.computeIfAbsent(
                outcome,
                added -> Timer.builder(name)
                        .description(description)
                        .tags(owner)
                        .tag("outcome", outcome)
                        .register(registry));
        if (timers.size() > mostOwners) {
            removeEldest();
        }
        return timer;
    }

    private void removeEldest() {
        Iterator<Map<String, Timer>> eldest = timers.values().iterator();
        eldest.next().values().forEach(registry::remove);
        eldest.remove();
    }
}
