package dev.parley.server.wiring;

import dev.parley.server.events.feed.HorizonReader;
import dev.parley.server.platform.background.Repeater;
import dev.parley.server.platform.jsonapi.Documents;
import dev.parley.server.platform.outbound.GuardedHttp;
import dev.parley.server.platform.outbound.OutboundLimits;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.webhooks.WebhookOff;
import dev.parley.server.webhooks.delivery.Deliverer;
import dev.parley.server.webhooks.delivery.DeliverySettings;
import dev.parley.server.webhooks.delivery.Outgoing;
import dev.parley.server.webhooks.fanout.FanOut;
import java.time.Duration;

/**
 * Tells customers' systems of events: from the log to deliveries, and from those to their endpoints.
 *
 * @param reader turns events into deliveries; to be signalled when events were appended
 * @param sender to be signalled when a delivery was made due
 */
record Webhooking(Repeater reader, Repeater sender, Deliverer deliverer, GuardedHttp http) implements AutoCloseable {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** Events of so long are told together, when some were told as lately: reading the log costs as much for one as for ten. */
    private static final Duration READER_PACE = Duration.ofMillis(25);

    private static final Duration SENDER_PACE = Duration.ofMillis(10);
    /** How long a transaction under way is waited for; what it hides comes with the next cycle. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** @param documents with every type that events are of */
    static Webhooking start(Platform platform, Documents documents) {
        DeliverySettings settings = settings(platform.settings().webhooks());
        Signal due = new Signal();
        WebhookMetrics metrics = new WebhookMetrics(platform.metrics().registry());
        GuardedHttp http = http(platform);
        Outgoing outgoing = new Outgoing(
                platform.database(),
                settings,
                http,
                documents,
                platform.keys()::open,
                platform.clock(),
                platform.random(),
                metrics);
        Deliverer deliverer = new Deliverer(
                outgoing,
                platform.hints().node(),
                new WebhookOff(platform.database(), platform.clock()),
                due,
                settings.answerTimeout().plusSeconds(1));
        metrics.watch(deliverer);
        FanOut fanOut = new FanOut(platform.database(), new HorizonReader(platform.database(), PATIENCE), due);
        Repeater sender = Repeater.start("webhook-sender", SECOND, SENDER_PACE, deliverer::runOneCycle);
        due.connect(sender);
        Repeater reader = Repeater.start("webhook-reader", SECOND, READER_PACE, fanOut::runOneCycle);
        platform.appended().wakes(reader::signal);
        return new Webhooking(reader, sender, deliverer, http);
    }

    /**
     * Of its own, so that no call to a provider waits behind a receiver's; with room for all requests at one host, so that none
     * waits for another organization's there.
     */
    private static GuardedHttp http(Platform platform) {
        Settings.Webhooks settings = platform.settings().webhooks();
        OutboundLimits limits = new OutboundLimits(
                settings.concurrency(),
                settings.concurrency(),
                settings.connectTimeout(),
                OutboundLimits.DEFAULT.keepAlive());
        return GuardedHttp.start(platform.guard(), limits);
    }

    private static DeliverySettings settings(Settings.Webhooks settings) {
        return new DeliverySettings(
                settings.concurrency(),
                settings.firstByteTimeout(),
                settings.answerTimeout(),
                settings.retries(),
                settings.circuit().failures(),
                settings.circuit().pause(),
                settings.circuit().maxPause(),
                settings.pauseAfter());
    }

    @Override
    public void close() {
        reader.close();
        sender.close();
        deliverer.close();
        http.close();
    }
}
