package dev.parley.server.wiring;

import dev.parley.server.media.MediaMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counters of files, there from the start so that a rate can be seen from the first one on. */
final class MediaMetrics implements MediaMeter {

    private final Map<Try, Counter> tries = new EnumMap<>(Try.class);
    private final Map<Way, Counter> bytes = new EnumMap<>(Way.class);
    private final Counter refused;

    MediaMetrics(MeterRegistry registry) {
        for (Try outcome : Try.values()) {
            tries.put(
                    outcome,
                    Counter.builder("parley.media.downloads")
                            .description("Tries to get a candidate's file from its provider")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (Way way : Way.values()) {
            bytes.put(
                    way,
                    Counter.builder("parley.media.bytes")
                            .description("Bytes of the files that were stored")
                            .tag("way", way.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        this.refused = Counter.builder("parley.media.uploads.refused")
                .description("Large bodies that were refused as too many were under way")
                .register(registry);
    }

    @Override
    public void tried(Try outcome) {
        count(tries, outcome, 1);
    }

    @Override
    public void stored(Way way, long size) {
        count(bytes, way, (double) size);
    }

    @Override
    public void refused() {
        refused.increment();
    }

    private static <K> void count(Map<K, Counter> counters, K key, double amount) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment(amount);
        }
    }
}
