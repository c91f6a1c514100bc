package dev.parley.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** One value per channel account; an account that is no longer told of has none. Written by one thread at a time. */
final class AccountGauges {

    /** Whose value it is. */
    record Owner(UUID organizationId, UUID accountId) {

        private Tags tags() {
            return Tags.of("organization", organizationId.toString(), "account", accountId.toString());
        }
    }

    private final MultiGauge gauges;
    private volatile Map<Owner, Double> values = Map.of();

    AccountGauges(MeterRegistry registry, String name, String description) {
        this.gauges = MultiGauge.builder(name).description(description).register(registry);
    }

    void show(Map<Owner, Double> now) {
        values = Map.copyOf(now);
        // Series that stay are not made anew, they read the values above: a scrape meets each of them at any time.
        gauges.register(values.keySet().stream()
                .map(owner -> MultiGauge.Row.of(owner.tags(), () -> values.getOrDefault(owner, 0.0)))
                .collect(Collectors.toList()));
    }
}
