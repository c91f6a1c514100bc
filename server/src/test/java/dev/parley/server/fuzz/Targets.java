package dev.parley.server.fuzz;

import dev.parley.server.callbacks.CallbackFuzz;
import dev.parley.server.events.feed.EventQueryFuzz;
import dev.parley.server.events.stream.TicketFuzz;
import dev.parley.server.media.BodyFilterFuzz;
import dev.parley.server.media.FileTypeFuzz;
import dev.parley.server.media.RangeFuzz;
import dev.parley.server.payloads.PayloadFuzz;
import dev.parley.server.platform.http.UriFuzz;
import dev.parley.server.platform.jsonapi.BodyFuzz;
import dev.parley.server.platform.jsonapi.HeaderFuzz;
import dev.parley.server.platform.jsonapi.OperationsFuzz;
import dev.parley.server.platform.jsonapi.QueryFuzz;
import dev.parley.server.search.WordsFuzz;
import dev.parley.server.threads.IdentifierFuzz;
import dev.parley.server.webhooks.delivery.RetryAfterFuzz;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Every target, by the name of its folder of inputs in the test resources. */
final class Targets {

    static final Map<String, Supplier<FuzzTarget>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("callback", CallbackFuzz::new),
            Map.entry("provider-answer", ProviderAnswerFuzz::new),
            Map.entry("identifier", IdentifierFuzz::new),
            Map.entry("body", BodyFuzz::new),
            Map.entry("operations", OperationsFuzz::new),
            Map.entry("payload", PayloadFuzz::new),
            Map.entry("query", QueryFuzz::new),
            Map.entry("header", HeaderFuzz::new),
            Map.entry("uri", UriFuzz::new),
            Map.entry("body-filter", BodyFilterFuzz::new),
            Map.entry("file-type", FileTypeFuzz::new),
            Map.entry("range", RangeFuzz::new),
            Map.entry("event-query", EventQueryFuzz::new),
            Map.entry("ticket", TicketFuzz::new),
            Map.entry("retry-after", RetryAfterFuzz::new),
            Map.entry("words", WordsFuzz::new)));

    private Targets() {}

    static FuzzTarget of(String name) {
        Supplier<FuzzTarget> target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no target " + name + "; there are " + ALL.keySet());
        }
        return target.get();
    }
}
