package dev.parley.server.wiring;

import dev.parley.server.platform.http.Workload;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What the API's port has under way, and its bounds. */
final class HttpGauges {

    private HttpGauges() {}

    static void register(MeterRegistry registry, Workload load) {
        gauge(registry, load, "parley.http.body.bytes", "Bytes of bodies that are held", Workload::bodyBytes);
        gauge(
                registry,
                load,
                "parley.http.body.bytes.limit",
                "The most bytes of bodies that are held at once",
                Workload::bodyBytesLimit);
        gauge(registry, load, "parley.http.requests.under.way", "Requests that are worked on", Workload::requests);
        gauge(registry, load, "parley.http.connections", "Open connections", Workload::openConnections);
        FunctionCounter.builder("parley.http.connections.cut", load, Workload::cutConnections)
                .description("Connections that were cut as they were too slow")
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry, Workload load, String name, String description, ToDoubleFunction<Workload> value) {
        Gauge.builder(name, load, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
