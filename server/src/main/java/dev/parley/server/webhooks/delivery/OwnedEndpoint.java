package dev.parley.server.webhooks.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of an endpoint has in memory: the next deliveries, which lanes are busy, and how the endpoint does. In order
 * per lane; late ones beside. Safe for use by many threads at once.
 */
final class OwnedEndpoint {

    /** Deliveries that are read at once, in order and late ones each. */
    static final int READ_AHEAD = 64;

    private static final int LOW = READ_AHEAD / 2;
    private static final UUID LOWEST = new UUID(0, 0);
    /** Well before the lease ends for others. */
    private static final Duration TRUSTED =
            ClaimedEndpoint.LEASE.multipliedBy(2).dividedBy(3);

    private final Health health;
    private final Deque<Pending> inOrder = new ArrayDeque<>();
    private final Deque<Pending> late = new ArrayDeque<>();
    private final Set<UUID> known = new HashSet<>();
    /** Since the last read began, which may still show these as pending. */
    private final Set<UUID> justFinished = new HashSet<>();

    private final Set<Integer> busy = new HashSet<>();
    private ClaimedEndpoint claim;
    private @Nullable Signer signer;
    private QueueStore.Wanted reached;
    private int underWay;
    private int unkept;
    private long keptAt;
    private boolean more = true;
    private boolean stopped;
    private boolean abandoned;
    private boolean lateTurn;

    /** @param keptAt the {@link System#nanoTime} before it was claimed */
    OwnedEndpoint(ClaimedEndpoint claim, DeliverySettings settings, long keptAt) {
        this.claim = claim;
        this.health = new Health(settings, claim.failures());
        this.keptAt = keptAt;
        this.reached = beginning(claim);
    }

    private static QueueStore.Wanted beginning(ClaimedEndpoint claim) {
        return new QueueStore.Wanted(claim.key(), -1, LOWEST);
    }

    synchronized ClaimedEndpoint claim() {
        return claim;
    }

    synchronized @Nullable Signer signer() {
        return signer;
    }

    /** The database says that there is something new. */
    synchronized void again(ClaimedEndpoint anew, long at) {
        if (anew.fence() != claim.fence()) {
            // Another node had it meanwhile, and may have sent what waits here.
            forget(inOrder);
            forget(late);
            reached = beginning(anew);
        }
        claim = anew;
        keptAt = at;
        more = true;
    }

    private void forget(Deque<Pending> queue) {
        queue.forEach(pending -> known.remove(pending.id()));
        queue.clear();
    }

    synchronized void kept(long at) {
        keptAt = at;
    }

    /** From where on to read; null while nothing is wanted. */
    synchronized QueueStore.@Nullable Wanted wanted() {
        boolean room = inOrder.size() < LOW && late.size() < LOW;
        return more && room && !stopped && health.limit() > 0 ? reached : null;
    }

    /** The same, for a read that begins now. */
    synchronized QueueStore.@Nullable Wanted read() {
        justFinished.clear();
        return wanted();
    }

    /** What was read. */
    synchronized void filled(List<Pending> read, @Nullable Signer with) {
        signer = with;
        int ordered = 0;
        for (Pending pending : read) {
            if (!pending.late()) {
                ordered++;
                reached = new QueueStore.Wanted(claim.key(), pending.position(), pending.id());
            }
            if (!justFinished.contains(pending.id()) && known.add(pending.id())) {
                (pending.late() ? late : inOrder).add(pending);
            }
        }
        more = ordered == READ_AHEAD || read.size() - ordered == READ_AHEAD;
    }

    /** Takes what may be sent now, at most as many as there are permits. */
    synchronized List<Pending> start(Permits permits, int endpoints, long now) {
        List<Pending> started = new ArrayList<>();
        while (!stopped && underWay < health.limit() && now - keptAt < TRUSTED.toNanos()) {
            Pending next = peek();
            if (next == null || !permits.take(underWay, endpoints)) {
                break;
            }
            (next.late() ? late : inOrder).remove(next);
            if (!next.late()) {
                busy.add(next.lane());
            }
            lateTurn = !next.late();
            underWay++;
            unkept++;
            started.add(next);
        }
        return started;
    }

    private @Nullable Pending peek() {
        Pending ordered = firstInOrder();
        Pending overdue = late.peekFirst();
        if (ordered == null || overdue == null) {
            return ordered == null ? overdue : ordered;
        }
        return lateTurn ? overdue : ordered;
    }

    private @Nullable Pending firstInOrder() {
        for (Iterator<Pending> all = inOrder.iterator(); all.hasNext(); ) {
            Pending next = all.next();
            if (!busy.contains(next.lane())) {
                return next;
            }
        }
        return null;
    }

    /** Judges a try; what is to be kept of it. */
    synchronized Health.@Nullable Change judge(TryResult result) {
        return switch (result.outcome()) {
            case TryResult.Outcome.Delivered _ -> health.succeeded();
            case TryResult.Outcome.Failed failed -> health.failed(failed.retryAfter());
            case TryResult.Outcome.Gone _, TryResult.Outcome.Unsent _ -> null;
        };
    }

    /** A request is over. What follows in its lane waits until its result is kept, another lane's need not. */
    synchronized void answered() {
        underWay--;
    }

    /** A try ended, and its result is kept. */
    synchronized void finished(Pending pending) {
        unkept--;
        known.remove(pending.id());
        justFinished.add(pending.id());
        if (!pending.late()) {
            busy.remove(pending.lane());
        }
    }

    /** Nothing more is started. */
    synchronized void stop() {
        stopped = true;
    }

    /** It is left to whoever takes it once the lease is over: a result could not be kept. */
    synchronized void abandon() {
        stopped = true;
        abandoned = true;
    }

    synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** Whether nothing is left to do for its owner. */
    synchronized boolean isIdle() {
        boolean nothing = stopped || health.limit() == 0 || (inOrder.isEmpty() && late.isEmpty() && !more);
        return unkept == 0 && nothing;
    }
}
