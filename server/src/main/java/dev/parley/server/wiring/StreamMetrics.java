package dev.parley.server.wiring;

import dev.parley.server.events.stream.StreamMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What is measured of streams, there from the start so that a rate can be seen from the first one on. */
final class StreamMetrics implements StreamMeter {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final Counter sent;
    private final Timer age;
    private final Map<End, Counter> ends = new EnumMap<>(End.class);
    private final Counter refused;
    private final Counter fellBehind;

    StreamMetrics(MeterRegistry registry) {
        this.sent = Counter.builder("parley.streams.events")
                .description("Events handed to live streams, each stream counted")
                .register(registry);
        this.age = Timer.builder("parley.streams.age")
                .description("How old the oldest event of a round was when it was handed to the live streams")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
        for (End end : End.values()) {
            ends.put(
                    end,
                    Counter.builder("parley.streams.ended")
                            .description("Streams that ended, and why")
                            .tag("why", end.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        this.refused = Counter.builder("parley.streams.refused")
                .description("Streams that were refused as too many are open")
                .register(registry);
        this.fellBehind = Counter.builder("parley.streams.fell.behind")
                .description("How often a reader did not keep up and was caught up from the log")
                .register(registry);
    }

    @Override
    public void sent(int events, Duration oldest) {
        sent.increment(events);
        age.record(oldest);
    }

    @Override
    public void ended(End end) {
        Counter counter = ends.get(end);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void fellBehind() {
        fellBehind.increment();
    }
}
