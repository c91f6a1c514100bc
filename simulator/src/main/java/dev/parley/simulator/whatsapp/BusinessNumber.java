package dev.parley.simulator.whatsapp;

import dev.parley.simulator.callbacks.CallbackCounters;
import dev.parley.simulator.callbacks.Lane;
import dev.parley.simulator.callbacks.Poster;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A business number at work: its settings, who wrote to it when, how much it has sent, its callbacks. Thread-safe. */
public final class BusinessNumber {

    private static final long WINDOW_MICROS = Duration.ofHours(24).toMillis() * 1000;
    private static final long PAIR_INTERVAL_MICROS = 6_000_000;
    private static final int PAIR_CAPACITY = 45;
    private static final long SECOND_MICROS = 1_000_000;

    private final ConcurrentHashMap<String, Long> lastWroteMicros = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> otherIds = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, TokenBucket> pairs = new ConcurrentHashMap<>();
    private final TokenBucket throughput = new TokenBucket();
    private final ReceivedMessages received = new ReceivedMessages();
    private final Lane<WhatsAppUpdate> lane;
    private volatile NumberSettings settings;

    BusinessNumber(NumberSettings settings, Poster poster, CallbackCounters counters) {
        this.settings = settings;
        this.lane = new Lane<>(
                () -> this.settings.lane(),
                updates -> CallbackBody.render(this.settings, updates),
                poster,
                counters,
                System::nanoTime);
    }

    /** How the number behaves now. */
    public NumberSettings settings() {
        return settings;
    }

    /** Where its updates go. */
    public Lane<WhatsAppUpdate> lane() {
        return lane;
    }

    void configure(NumberSettings changed) {
        settings = changed;
    }

    /** Whether the number is within its rate. */
    boolean takeThroughput(long nowMicros) {
        int limit = settings.messagesPerSecond();
        return limit == 0 || throughput.take(nowMicros, SECOND_MICROS / limit, limit);
    }

    /** Whether the number is within its rate to this person. */
    boolean takePair(String to, long nowMicros) {
        return !settings.pairLimit()
                || pairs.computeIfAbsent(to, _ -> new TokenBucket())
                        .take(nowMicros, PAIR_INTERVAL_MICROS, PAIR_CAPACITY);
    }

    /** Notes that a person wrote; an earlier time than one noted before changes nothing. */
    public void wrote(String who, long atMicros) {
        lastWroteMicros.merge(who, atMicros, Math::max);
    }

    /** Notes a message that a person wrote. */
    void received(String id, long atSeconds) {
        received.add(id, atSeconds);
    }

    /** Whether a person wrote this message. */
    public boolean isReceived(String id) {
        return received.find(id) != null;
    }

    /** When a person wrote this message, in seconds since the epoch; null when nobody did. */
    @Nullable
    Long receivedAt(String id) {
        return received.find(id);
    }

    /** Remembers that the person at this number goes by another one. */
    void knowAs(String to, String waId) {
        otherIds.put(to, waId);
    }

    /** Whether this person wrote within the last 24 hours. */
    boolean windowOpen(String to, long nowMicros) {
        return wroteSince(to, nowMicros - WINDOW_MICROS)
                || wroteSince(otherIds.getOrDefault(to, to), nowMicros - WINDOW_MICROS);
    }

    /** Forgets people, rates and pending callbacks; the settings stay. */
    void reset() {
        lane.clear();
        lastWroteMicros.clear();
        otherIds.clear();
        pairs.clear();
        received.clear();
    }

    private boolean wroteSince(String who, long sinceMicros) {
        Long at = lastWroteMicros.get(who);
        return at != null && at > sinceMicros;
    }
}
