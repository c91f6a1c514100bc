package dev.parley.server.platform.jsonapi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a minute how long those lists are that have more than {@link ListSql#EXACT} rows: counting so far is most of what
 * their pages cost, and comes to no more than an estimate. What is exact is never remembered. Holds at most 1,000 lists. Safe for
 * use by many threads at once.
 */
public final class LongLists {

    /** How old an estimate may be. */
    static final Duration LIFE = Duration.ofMinutes(1);

    private static final int MOST = 1_000;

    private final InstantSource clock;
    private final int most;
    private final Map<ListSql.Sql, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(Page.Count count, Instant at) {}

    /** Remembers. */
    public LongLists(InstantSource clock) {
        this(clock, MOST);
    }

    LongLists(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** Remembers nothing. */
    static LongLists none() {
        return new LongLists(InstantSource.system(), 0);
    }

    /**
     * How long a list is; null when that has to be counted.
     *
     * @param counting what tells the list from all others, its organization included: as a rule the statement that counts it
     */
    public Page.@Nullable Count find(ListSql.Sql counting) {
        Kept found = kept.get(counting);
        return found == null || isOld(found) ? null : found.count();
    }

    /** Takes note of what was counted. */
    public void counted(ListSql.Sql counting, Page.Count count) {
        if (!count.estimate()) {
            kept.remove(counting);
        } else if (most > 0 && isEqualToItsLike(counting)) {
            makeRoom();
            kept.put(counting, new Kept(count, clock.instant()));
        }
    }

    private static boolean isEqualToItsLike(ListSql.Sql counting) {
        return counting.binds().stream().noneMatch(Object[].class::isInstance);
    }

    private void makeRoom() {
        if (kept.size() >= most) {
            kept.values().removeIf(this::isOld);
        }
        if (kept.size() >= most) {
            kept.clear();
        }
    }

    private boolean isOld(Kept one) {
        Duration age = Duration.between(one.at(), clock.instant());
        return age.isNegative() || age.compareTo(LIFE) >= 0;
    }
}
