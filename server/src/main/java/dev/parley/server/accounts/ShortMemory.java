package dev.parley.server.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers for a few seconds what was read. Safe for use by many threads at once. */
final class ShortMemory<K, V> {

    private record Kept<V>(V value, Instant at) {}

    private final InstantSource clock;
    private final Duration life;
    private final int most;
    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();

    /**
     * @param life after which a value is no longer given
     * @param most how many values are kept
     */
    ShortMemory(InstantSource clock, Duration life, int most) {
        this.clock = clock;
        this.life = life;
        this.most = most;
    }

    @Nullable
    V find(K key) {
        Kept<V> found = kept.get(key);
        if (found == null) {
            return null;
        }
        // A clock that was set back must not make a value live longer.
        Duration age = Duration.between(found.at(), clock.instant());
        return age.isNegative() || age.compareTo(life) >= 0 ? null : found.value();
    }

    /** Keeps a value that was read no earlier than {@code at}. */
    void keep(K key, V value, Instant at) {
        if (kept.size() >= most) {
            kept.clear();
        }
        kept.put(key, new Kept<>(value, at));
    }

    void forget() {
        kept.clear();
    }
}
