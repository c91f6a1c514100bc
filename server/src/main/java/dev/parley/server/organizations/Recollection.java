package dev.parley.server.organizations;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Remembers values for a time. When it is full it forgets everything, which costs each value one question more. Safe for
 * use by many threads at once.
 */
final class Recollection<V> {

    private record Entry<V>(V value, long since) {}

    private final int most;
    private final long life;
    private final AtomicLong term = new AtomicLong();
    private final Map<ByteBuffer, Entry<V>> entries = new ConcurrentHashMap<>();

    Recollection(int most, Duration life) {
        this.most = most;
        this.life = life.toNanos();
    }

    /** The value; null when there is none or its time is over. */
    @Nullable
    V find(ByteBuffer key, long now) {
        Entry<V> entry = entries.get(key);
        return entry != null && now - entry.since() < life ? entry.value() : null;
    }

    /** How often everything was forgotten. */
    long term() {
        return term.get();
    }

    /** @param learned the term in which the value was asked for; when it is over, the value may be, too, and is not kept */
    void put(ByteBuffer key, V value, long now, long learned) {
        if (entries.size() >= most) {
            entries.clear();
        }
        entries.put(key, new Entry<>(value, now));
        if (term.get() != learned) {
            entries.remove(key);
        }
    }

    void clear() {
        term.incrementAndGet();
        entries.clear();
    }

    int size() {
        return entries.size();
    }
}
