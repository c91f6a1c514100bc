package dev.parley.simulator.callbacks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Posts one number's updates when they are due: many that are due together share a POST, several POSTs are under way at
 * once, and one that fails comes again. A virtual thread runs {@link #runOnce} and sleeps until something is due.
 * Offering takes no lock.
 */
public final class Lane<U extends Update> implements AutoCloseable {

    private static final long NOT_ASLEEP = Long.MIN_VALUE;
    private static final long UNTIL_WOKEN = Long.MAX_VALUE;

    private final Supplier<LaneSettings> settings;
    private final Function<List<U>, byte[]> renderer;
    private final Poster poster;
    private final CallbackCounters counters;
    private final LongSupplier nanos;
    private final Agenda<U> agenda = new Agenda<>();
    private final AtomicLong order = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Thread thread;
    private volatile long asleepUntil = NOT_ASLEEP;
    private volatile boolean closed;

    /**
     * Makes a lane and starts it.
     *
     * @param settings read anew at every round
     * @param renderer writes a body
     * @param nanos a clock that only goes forward, in nanoseconds
     */
    public Lane(
            Supplier<LaneSettings> settings,
            Function<List<U>, byte[]> renderer,
            Poster poster,
            CallbackCounters counters,
            LongSupplier nanos) {
        this.settings = settings;
        this.renderer = renderer;
        this.poster = poster;
        this.counters = counters;
        this.nanos = nanos;
        this.thread = Thread.ofVirtual().name("simulator-lane").start(this::run);
    }

    /** Has an update posted after a delay. Updates with the same due time go in the order offered. */
    public void offer(U update, Duration delay) {
        Epoch epoch = agenda.epoch();
        epoch.add(1);
        add(new Due<>(nanos.getAsLong() + delay.toNanos(), order.getAndIncrement(), List.of(update), 0, null, epoch));
    }

    /** Posts an update by itself, at once. The future has the first answer; a failure is tried again as usual. */
    public CompletableFuture<Integer> postNow(U update) {
        Epoch epoch = agenda.epoch();
        epoch.add(1);
        inFlight.incrementAndGet();
        return post(new Due<>(nanos.getAsLong(), order.getAndIncrement(), List.of(update), 0, null, epoch));
    }

    /** How many updates are neither answered with 200 nor given up. */
    public long pending() {
        return agenda.epoch().pending();
    }

    /** Forgets all updates; what is under way is not tried again. */
    public void clear() {
        agenda.clear();
    }

    /** Stops the thread; what is pending is not posted. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /**
     * Posts what is due.
     *
     * @return how many nanoseconds until there is more to do; negative when the next round must wait that long even if
     *     something new comes; {@link Long#MAX_VALUE} when only something new makes work
     */
    long runOnce() {
        LaneSettings now = settings.get();
        agenda.sort();
        boolean posted = false;
        while (inFlight.get() < now.inFlight()) {
            Due<U> batch = agenda.takeBatch(nanos.getAsLong(), now.batch());
            if (batch == null) {
                break;
            }
            inFlight.incrementAndGet();
            CompletableFuture<Integer> _ = post(batch);
            posted = true;
        }
        if (posted && now.gather().isPositive()) {
            return -now.gather().toNanos();
        }
        Long next = agenda.nextAtNanos();
        boolean full = inFlight.get() >= now.inFlight();
        return next == null || full ? UNTIL_WOKEN : Math.max(0, next - nanos.getAsLong());
    }

    private void run() {
        while (!closed) {
            long wait = runOnce();
            if (wait < 0) {
                gather(nanos.getAsLong() - wait);
            } else if (wait > 0) {
                sleep(wait);
            }
        }
    }

    private void gather(long untilNanos) {
        for (long left = untilNanos - nanos.getAsLong(); left > 0 && !closed; left = untilNanos - nanos.getAsLong()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void sleep(long wait) {
        asleepUntil = wait == UNTIL_WOKEN ? UNTIL_WOKEN : nanos.getAsLong() + wait;
        if (!agenda.hasNews() && !closed) {
            park(wait);
        }
        asleepUntil = NOT_ASLEEP;
    }

    private void park(long wait) {
        if (wait == UNTIL_WOKEN) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, wait);
        }
    }

    private void add(Due<U> due) {
        agenda.add(due);
        if (due.atNanos() < asleepUntil) {
            LockSupport.unpark(thread);
        }
    }

    private CompletableFuture<Integer> post(Due<U> due) {
        LaneSettings now = settings.get();
        Target target = now.target();
        if (target == null) {
            inFlight.decrementAndGet();
            giveUp(due);
            return CompletableFuture.completedFuture(0);
        }
        byte[] body = due.body() == null ? renderer.apply(due.updates()) : due.body();
        return poster.post(target, body, Signing.VALID).thenApply(answer -> finish(due, now.retry(), body, answer));
    }

    private int finish(Due<U> due, RetryPlan retry, byte[] body, int answer) {
        int attempt = due.failed() + 1;
        counters.posted(due.updates().size(), answer);
        due.updates().forEach(update -> update.posted(attempt, answer));
        if (answer == 200) {
            due.epoch().add(-due.updates().size());
        } else {
            again(due, retry, body, attempt);
        }
        // It waits for an answer only while as many are under way as may be.
        if (inFlight.getAndDecrement() >= settings.get().inFlight()) {
            LockSupport.unpark(thread);
        }
        return answer;
    }

    private void again(Due<U> due, RetryPlan retry, byte[] body, int attempt) {
        if (attempt >= retry.attempts()) {
            giveUp(due);
        } else if (!due.epoch().isOver()) {
            long at = nanos.getAsLong() + retry.gapAfter(attempt).toNanos();
            add(new Due<>(at, order.getAndIncrement(), due.updates(), attempt, body, due.epoch()));
        }
    }

    private void giveUp(Due<U> due) {
        counters.gaveUp(due.updates().size());
        due.epoch().add(-due.updates().size());
    }
}
