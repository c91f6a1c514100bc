package dev.parley.server.dispatch;

import dev.parley.server.accounts.Account;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What this node may send for accounts without a claim: tokens that a claim took from the account's rate beyond what it sent itself, as
 * many as were sent lately in as long as they hold. Safe for use by many threads at once. Times are of a monotonic clock, nanoseconds.
 */
final class Allowances {

    /** How long a grant holds. */
    static final Duration HOLDS = Duration.ofMillis(100);

    private static final int MOST_KEPT = 10_000;
    /** As part of that time: a shorter one says little. */
    private static final double SHORTEST_LOOK = 0.1;
    /** So much more than what was sent lately. */
    private static final double MARGIN = 1.25;

    private final Map<AccountKey, Allowance> all = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong(System.nanoTime());

    /**
     * Tokens that were taken for an account.
     *
     * @param account as it was when they were taken
     * @param version of its row then
     * @param until they hold
     */
    record Grant(Account account, int version, int tokens, long until) {}

    private static final class Allowance {

        private @Nullable Grant grant;
        private int left;
        private int sent;
        private long since;
        private double lately;
        private boolean renews;

        synchronized Taken take(int version, long now) {
            if (grant == null || left <= 0 || grant.version() != version || grant.until() - now <= 0) {
                return Taken.NOTHING;
            }
            left--;
            sent++;
            // A claim takes its time on a busy machine.
            boolean low = left <= grant.tokens() / 2 || grant.until() - now < HOLDS.toNanos() / 2;
            boolean renew = low && !renews;
            renews = renews || low;
            return new Taken(grant.account(), renew);
        }

        synchronized void giveBack() {
            left++;
            // What was looked at since does not count it any more.
            sent = Math.max(0, sent - 1);
        }

        synchronized boolean renews() {
            return renews;
        }

        synchronized int withdraw() {
            int unused = left;
            left = 0;
            return unused;
        }

        /** What is sent while a grant holds, by the time since the last look and, where that was shorter, by what was before. */
        synchronized int wanted(int spare, int claimed, long now) {
            double passed = Math.clamp((double) (now - since) / HOLDS.toNanos(), SHORTEST_LOOK, Double.MAX_VALUE);
            double seen = (sent + claimed) / passed;
            lately += (seen - lately) * Math.min(1, passed);
            sent = 0;
            since = now;
            return Math.max(0, Math.min(spare / 2, (int) (lately * MARGIN)));
        }

        synchronized void grant(Grant anew) {
            grant = anew;
            left += anew.tokens();
            renews = false;
        }
    }

    /**
     * What was taken.
     *
     * @param account whose token it is; null when there was none
     * @param renew whether a claim is to be asked for, so that more is there when the rest is gone
     */
    record Taken(@Nullable Account account, boolean renew) {

        private static final Taken NOTHING = new Taken(null, false);
    }

    /** Whether a grant of any account may hold. */
    boolean any(long now) {
        return last.get() - now > 0;
    }

    /** Takes one token of an account whose row has this version. */
    Taken take(AccountKey key, int version, long now) {
        Allowance allowance = all.get(key);
        return allowance == null ? Taken.NOTHING : allowance.take(version, now);
    }

    /** Whether what is left of an account's tokens runs out. */
    boolean renews(AccountKey key) {
        Allowance allowance = all.get(key);
        return allowance != null && allowance.renews();
    }

    /** One that was taken was not used. */
    void giveBack(AccountKey key) {
        allowance(key).giveBack();
    }

    /** Takes back what is left, for the account's rate. */
    int withdraw(AccountKey key) {
        Allowance allowance = all.get(key);
        return allowance == null ? 0 : allowance.withdraw();
    }

    /**
     * How many tokens to take until the next claim.
     *
     * @param spare what the account's rate has left; half of it at most is taken, as other nodes send as well
     * @param claimed how many are sent by the claim itself
     */
    int wanted(AccountKey key, int spare, int claimed, long now) {
        return allowance(key).wanted(spare, claimed, now);
    }

    void grant(Grant grant) {
        if (grant.tokens() > 0) {
            last.accumulateAndGet(grant.until(), (known, until) -> until - known > 0 ? until : known);
        }
        allowance(AccountKey.of(grant.account())).grant(grant);
    }

    private Allowance allowance(AccountKey key) {
        Allowance known = all.get(key);
        if (known != null) {
            return known;
        }
        if (all.size() >= MOST_KEPT) {
            all.clear();
        }
        return all.computeIfAbsent(key, unknown -> new Allowance());
    }
}
