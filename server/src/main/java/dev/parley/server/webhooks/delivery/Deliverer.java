package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.webhooks.delivery.TryResult.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is to be delivered from this node. A cycle takes endpoints that are due, reads ahead for all of them in one query,
 * starts what may start, and gives back those that have nothing left; between cycles each request that ends lets the next one
 * of its endpoint begin. An owned endpoint never waits in memory for a time: it is given back, due then. Safe for use by many
 * threads at once; cycles are run by one thread at a time.
 */
public final class Deliverer implements AutoCloseable {

    /** Endpoints of one node at once. */
    private static final int MOST_ENDPOINTS = 1_000;

    private static final int MOST_CLAIMED = 100;
    private static final int MOST_READ = 100;
    private static final Duration KEEP_EACH = Duration.ofSeconds(8);
    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

    private final Database database;
    private final UUID node;
    private final DeliverySettings settings;
    private final Caller caller;
    private final Results results;
    private final Secrets secrets;
    private final WebhookSwitch webhooks;
    private final Runnable wake;
    private final Duration grace;
    private final Permits permits;
    private final Map<EndpointKey, OwnedEndpoint> owned = new ConcurrentHashMap<>();
    private final ExecutorService requests = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());
    private long keptAt = System.nanoTime();
    private volatile boolean closed;

    /**
     * A node's part.
     *
     * @param wake told when there may be something for a cycle to do
     * @param grace how long closing waits for what is under way
     */
    public Deliverer(Outgoing outgoing, UUID node, WebhookSwitch webhooks, Runnable wake, Duration grace) {
        this.database = outgoing.database();
        this.node = node;
        this.settings = outgoing.settings();
        this.caller = outgoing.caller();
        this.results = outgoing.results();
        this.secrets = outgoing.secrets();
        this.webhooks = webhooks;
        this.wake = wake;
        this.grace = grace;
        this.permits = new Permits(settings.concurrency());
    }

    /** Runs once; positive when there is more to do at once. */
    public int runOneCycle() {
        if (closed) {
            return 0;
        }
        keepOwned();
        boolean moreDue = claim();
        boolean moreToRead = read();
        owned.values().forEach(this::start);
        release();
        return moreDue || moreToRead ? 1 : 0;
    }

    /** Requests that are under way, until their results are kept. */
    public int underWay() {
        return permits.taken();
    }

    /** Results that wait for their group. */
    public int resultsQueued() {
        return results.queued();
    }

    private void keepOwned() {
        long now = System.nanoTime();
        if (now - keptAt < KEEP_EACH.toNanos()) {
            return;
        }
        List<ClaimedEndpoint> claims = claims(owned.values());
        Set<EndpointKey> kept = claims.isEmpty()
                ? Set.of()
                : database.transact(connection -> OwnerStore.keep(connection, node, claims));
        keptAt = now;
        for (ClaimedEndpoint claim : claims) {
            OwnedEndpoint endpoint = owned.get(claim.key());
            if (endpoint != null && kept.contains(claim.key())) {
                endpoint.kept(now);
            } else if (endpoint != null) {
                endpoint.stop();
                owned.remove(claim.key());
            }
        }
    }

    private boolean claim() {
        int room = Math.min(MOST_CLAIMED, MOST_ENDPOINTS - owned.size());
        // One more than nothing, so that owned ones that became due again are heard of.
        int most = Math.max(1, room);
        long now = System.nanoTime();
        List<ClaimedEndpoint> claimed = database.transact(connection -> OwnerStore.claim(connection, node, most));
        for (ClaimedEndpoint claim : claimed) {
            OwnedEndpoint known = owned.get(claim.key());
            if (known == null) {
                owned.put(claim.key(), new OwnedEndpoint(claim, settings, now));
            } else if (!known.isAbandoned()) {
                known.again(claim, now);
            }
            // What is under way of an abandoned one still looks pending: it is taken anew once it is released.
        }
        return claimed.size() >= most;
    }

    /** Reads ahead for those that run low; whether more of them are left. */
    private boolean read() {
        List<QueueStore.Wanted> wanted = new ArrayList<>();
        for (OwnedEndpoint endpoint : owned.values()) {
            QueueStore.Wanted from = wanted.size() < MOST_READ ? endpoint.read() : null;
            if (from != null) {
                wanted.add(from);
            }
        }
        if (wanted.isEmpty()) {
            return false;
        }
        Map<UUID, Signer> signers = secrets.of(
                wanted.stream().map(from -> from.endpoint().organizationId()).collect(Collectors.toSet()));
        Map<EndpointKey, List<Pending>> found =
                database.call(connection -> QueueStore.read(connection, wanted, OwnedEndpoint.READ_AHEAD)).stream()
                        .collect(Collectors.groupingBy(Pending::endpoint));
        for (QueueStore.Wanted from : wanted) {
            OwnedEndpoint endpoint = owned.get(from.endpoint());
            if (endpoint != null) {
                endpoint.filled(
                        found.getOrDefault(from.endpoint(), List.of()),
                        signers.get(from.endpoint().organizationId()));
            }
        }
        return wanted.size() == MOST_READ;
    }

    private void start(OwnedEndpoint endpoint) {
        if (closed) {
            return;
        }
        for (Pending pending : endpoint.start(permits, owned.size(), System.nanoTime())) {
            requests.execute(() -> deliver(endpoint, pending));
        }
    }

    private void deliver(OwnedEndpoint endpoint, Pending pending) {
        boolean done = false;
        try {
            Judged judged = call(endpoint, pending);
            start(endpoint);
            if (judged != null) {
                keep(endpoint, judged);
            }
            done = true;
        } catch (RuntimeException e) {
            LOG.warn(
                    "a delivery could not be made and is left pending: {}",
                    e.getClass().getSimpleName());
        } finally {
            if (!done) {
                endpoint.abandon();
            }
            endpoint.finished(pending);
            boolean wanted = permits.giveBack();
            start(endpoint);
            if (wanted || endpoint.isIdle() || endpoint.wanted() != null) {
                wake.run();
            }
        }
    }

    /** A try, and what it changes of its endpoint. */
    private record Judged(TryResult result, Health.@Nullable Change change) {}

    /** The request alone, or none: null when the delivery was moved to where its webhook leads now. */
    private @Nullable Judged call(OwnedEndpoint endpoint, Pending read) {
        try {
            Pending pending = read.isStale(System.nanoTime())
                    ? database.call(connection -> QueueStore.again(connection, read))
                    : read;
            Pending.Subscription webhook = pending.webhook();
            UUID now = webhook == null ? null : webhook.endpointId();
            if (webhook != null && now != null && !now.equals(pending.endpoint().id())) {
                database.transact(connection -> MoveStore.move(connection, pending.endpoint(), pending.id(), now));
                return null;
            }
            TryResult result = caller.make(pending, endpoint.claim().url(), endpoint.signer());
            return new Judged(result, endpoint.judge(result));
        } finally {
            endpoint.answered();
        }
    }

    private void keep(OwnedEndpoint endpoint, Judged judged) {
        Pending pending = judged.result().pending();
        if (judged.result().outcome() instanceof Outcome.Gone) {
            webhooks.switchOff(pending.endpoint().organizationId(), pending.webhookId());
        }
        switch (results.keep(judged.result(), judged.change())) {
            case KEPT -> {}
            case PAUSED -> {
                LOG.info(
                        "endpoint {} of organization {} is paused: it failed for days",
                        pending.endpoint().id(),
                        pending.endpoint().organizationId());
                endpoint.stop();
            }
            case NOT_KEPT -> endpoint.abandon();
        }
    }

    private void release() {
        List<ClaimedEndpoint> idle = new ArrayList<>();
        owned.values().removeIf(endpoint -> {
            boolean done = endpoint.isIdle();
            if (done && !endpoint.isAbandoned()) {
                endpoint.stop();
                idle.add(endpoint.claim());
            }
            return done;
        });
        give(idle);
    }

    private void give(List<ClaimedEndpoint> back) {
        if (!back.isEmpty()) {
            database.transact(connection -> {
                OwnerStore.release(connection, node, back);
                return 0;
            });
        }
    }

    private static List<ClaimedEndpoint> claims(Iterable<OwnedEndpoint> endpoints) {
        List<ClaimedEndpoint> claims = new ArrayList<>();
        endpoints.forEach(endpoint -> claims.add(endpoint.claim()));
        return claims;
    }

    /** Starts nothing more, waits for what is under way, and gives every endpoint back. */
    @Override
    public void close() {
        closed = true;
        try {
            permits.awaitNone(grace);
            give(claims(owned.values()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseException e) {
            // Then others take them when the lease is over.
            LOG.info("could not give endpoints back: {}", e.getMessage());
        }
        owned.clear();
        results.close();
        requests.shutdownNow();
    }
}
