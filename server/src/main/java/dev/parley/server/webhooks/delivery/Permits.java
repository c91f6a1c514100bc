package dev.parley.server.webhooks.delivery;

import java.time.Duration;

/**
 * How many requests are under way on this node. Half of them go to whoever asks; beyond that an endpoint has no more than its
 * share, so that endpoints which hang leave room for the others. Safe for use by many threads at once.
 */
final class Permits {

    private final int most;
    private int taken;
    private boolean refused;

    Permits(int most) {
        this.most = most;
    }

    /**
     * Takes one.
     *
     * @param held by the endpoint that asks
     * @param endpoints among which they are shared
     * @return false when there is none for it now
     */
    synchronized boolean take(int held, int endpoints) {
        int share = Math.max(1, most / Math.max(1, endpoints));
        boolean free = taken < most && (held < share || taken < most / 2);
        if (free) {
            taken++;
        } else {
            refused = true;
        }
        return free;
    }

    /** Gives one back; true when somebody was refused one since this was last asked. */
    synchronized boolean giveBack() {
        taken--;
        boolean wanted = refused;
        refused = false;
        if (taken == 0) {
            notifyAll();
        }
        return wanted;
    }

    synchronized int taken() {
        return taken;
    }

    /** Waits until none is taken, at most so long. */
    synchronized void awaitNone(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); taken > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
