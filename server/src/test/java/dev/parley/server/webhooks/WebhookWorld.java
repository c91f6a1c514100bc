package dev.parley.server.webhooks;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventFixture;
import dev.parley.server.events.EventLog;
import dev.parley.server.events.feed.HorizonReader;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.net.CidrList;
import dev.parley.server.platform.outbound.GuardedHttp;
import dev.parley.server.platform.outbound.OutboundGuard;
import dev.parley.server.platform.outbound.OutboundLimits;
import dev.parley.server.webhooks.delivery.Deliverer;
import dev.parley.server.webhooks.delivery.DeliveryMeter;
import dev.parley.server.webhooks.delivery.DeliverySettings;
import dev.parley.server.webhooks.delivery.Outgoing;
import dev.parley.server.webhooks.fanout.FanOut;
import dev.parley.testkit.clock.SteerableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database with organizations and webhooks, a receiver, and the parts that lead from one to the other. */
public final class WebhookWorld implements AutoCloseable {

    public static final String SIGNING_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    /** Short waits for answers, but none that a busy machine takes to be over; the real pauses. */
    public static final DeliverySettings SETTINGS = new DeliverySettings(
            64,
            Duration.ofSeconds(3),
            Duration.ofSeconds(4),
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(4),
                    Duration.ofHours(19)),
            10,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofDays(3));

    public final EventFixture events = new EventFixture();
    public final WebhookReceiver receiver = new WebhookReceiver();
    public final UUID organization = events.organization;
    public final FanOut fanOut = fanOut();
    private final List<AutoCloseable> parts = new ArrayList<>();

    public WebhookWorld() {
        organization(organization);
    }

    public FanOut fanOut() {
        return new FanOut(events.database, new HorizonReader(events.database, Duration.ofMillis(50)), () -> {});
    }

    public Deliverer deliverer() {
        return deliverer(SETTINGS);
    }

    /** A node that sends; its cycles are run by the test. */
    public Deliverer deliverer(DeliverySettings settings) {
        GuardedHttp http = GuardedHttp.start(new OutboundGuard(CidrList.parse("127.0.0.1")), OutboundLimits.DEFAULT);
        DeliveryMeter silent = new DeliveryMeter() {
            @Override
            public void tried(String outcome, Duration took) {}

            @Override
            public void delivered(Duration sinceEvent) {}
        };
        Outgoing outgoing = new Outgoing(
                events.database,
                settings,
                http,
                new JsonApi("/public/v2", 32).documents(),
                secret -> new String(secret, StandardCharsets.UTF_8),
                SteerableClock.at(NOW),
                new Random(7),
                silent);
        Deliverer deliverer = new Deliverer(
                outgoing,
                UUID.randomUUID(),
                new WebhookOff(events.database, () -> NOW),
                () -> {},
                Duration.ofSeconds(5));
        parts.add(http);
        parts.add(deliverer);
        return deliverer;
    }

    public void organization(UUID id) {
        events.run(
                "insert into organizations (id, name, webhook_secret, signing_secret, created_at, updated_at) values ('"
                        + id + "', 'Acme', 'plain-secret', '" + SIGNING_SECRET + "', now(), now())");
    }

    public UUID endpoint(String path) {
        return endpoint(organization, receiver.url(path));
    }

    public UUID endpoint(UUID owner, String url) {
        UUID id = UUID.randomUUID();
        events.run(WebhookSql.endpoint(owner, id, url));
        return id;
    }

    /** @param fields with commas; null for all */
    public UUID webhook(UUID owner, UUID endpoint, String resource, String event, @Nullable String fields) {
        UUID id = UUID.randomUUID();
        events.run(WebhookSql.webhook(owner, id, endpoint, resource, event, fields));
        return id;
    }

    /** All updates of candidates. */
    public UUID webhook(UUID endpoint) {
        return webhook(organization, endpoint, "candidates", "update", null);
    }

    /** An update of a candidate, in a lane of its own. */
    public UUID happens() {
        return happens(UUID.randomUUID());
    }

    /** An update of a candidate's that belongs to a thread. */
    public UUID happens(UUID thread) {
        UUID resource = UUID.randomUUID();
        append(new Event(
                organization,
                Event.Kind.UPDATE,
                "candidates",
                resource,
                thread,
                List.of("phone", "email"),
                "{\"attributes\":{\"phone\":\"1\"}}",
                NOW));
        return resource;
    }

    public void append(Event event) {
        events.database.transact(connection -> {
            EventLog.append(connection, event);
            return 0;
        });
    }

    /** Fans out everything there is. */
    public void fanOutAll() throws InterruptedException {
        int more = 1;
        while (more > 0) {
            more = fanOut.runOneCycle();
        }
    }

    /** Of each delivery in the order of positions. */
    public List<String> deliveries(String columns) {
        return events.query("select " + columns + " from webhook_deliveries order by position, id");
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : parts.reversed()) {
            part.close();
        }
        receiver.close();
        events.close();
    }
}
