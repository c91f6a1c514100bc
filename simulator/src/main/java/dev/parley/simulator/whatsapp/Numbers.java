package dev.parley.simulator.whatsapp;

import dev.parley.simulator.callbacks.CallbackCounters;
import dev.parley.simulator.callbacks.LaneSettings;
import dev.parley.simulator.callbacks.Poster;
import dev.parley.simulator.callbacks.RetryPlan;
import dev.parley.simulator.json.BadInputException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The business numbers there are. Thread-safe. */
public final class Numbers implements AutoCloseable {

    /** What a number calls back unless it is told otherwise. */
    public static final List<String> STATUSES = List.of("sent", "delivered", "read");

    /** How a callback is tried again unless a number is told otherwise. */
    public static final RetryPlan RETRY = new RetryPlan(100, Duration.ofMillis(200), Duration.ofSeconds(10));

    private static final int MAX_NUMBERS = 10_000;
    private static final int MAX_BATCH = 1000;
    private static final int IN_FLIGHT = 16;
    private static final Duration GATHER = Duration.ofMillis(10);

    private final ConcurrentHashMap<String, BusinessNumber> numbers = new ConcurrentHashMap<>();
    private final boolean strict;
    private final Duration callbackDelay;
    private final Poster poster;
    private final CallbackCounters counters;

    /**
     * @param strict whether an unknown number is an error; otherwise it comes into being when it is first used
     * @param callbackDelay the time from acceptance to the first status, and from each to the next
     */
    public Numbers(boolean strict, Duration callbackDelay, Poster poster, CallbackCounters counters) {
        this.strict = strict;
        this.callbackDelay = callbackDelay;
        this.poster = poster;
        this.counters = counters;
    }

    /** The number, or null when there is none and none may come into being. */
    @Nullable
    BusinessNumber forSending(String phoneNumberId) {
        BusinessNumber known = numbers.get(phoneNumberId);
        if (known != null) {
            return known;
        }
        boolean possible = !strict && isId(phoneNumberId) && numbers.size() < MAX_NUMBERS;
        return possible ? numbers.computeIfAbsent(phoneNumberId, id -> make(defaults(id))) : null;
    }

    /** The number, or null. */
    public @Nullable BusinessNumber find(String phoneNumberId) {
        return numbers.get(phoneNumberId);
    }

    /** All numbers. */
    public Collection<BusinessNumber> all() {
        return numbers.values();
    }

    /** Registers a number, or gives one that there is other settings; what it knows of people stays. */
    public BusinessNumber register(NumberSettings settings) {
        if (numbers.size() >= MAX_NUMBERS && !numbers.containsKey(settings.phoneNumberId())) {
            throw new BadInputException("phoneNumberId", "at most " + MAX_NUMBERS + " numbers");
        }
        BusinessNumber number = numbers.computeIfAbsent(settings.phoneNumberId(), _ -> make(settings));
        number.configure(settings);
        return number;
    }

    /** The settings of a number that nothing was said about: any token, no limits, no callbacks. */
    public NumberSettings defaults(String id) {
        var lane = new LaneSettings(null, MAX_BATCH, GATHER, IN_FLIGHT, RETRY);
        return new NumberSettings(id, id, id, null, 0, false, WindowRule.OFF, STATUSES, delays(STATUSES.size()), lane);
    }

    /** The delays of so many statuses when none are given. */
    public List<Duration> delays(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(callbackDelay::multipliedBy)
                .toList();
    }

    /** Forgets people, rates and pending callbacks. */
    public void reset() {
        numbers.values().forEach(BusinessNumber::reset);
    }

    /** Stops all callbacks. */
    @Override
    public void close() {
        numbers.values().forEach(number -> number.lane().close());
    }

    private BusinessNumber make(NumberSettings settings) {
        return new BusinessNumber(settings, poster, counters);
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= 32 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
