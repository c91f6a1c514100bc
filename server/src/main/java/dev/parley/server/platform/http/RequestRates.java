package dev.parley.server.platform.http;

import dev.parley.server.platform.http.Caller.Kind;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests of each organization and of each of its tokens, on this node, with a bucket that fills evenly. A request
 * that is refused takes nothing from either. Partners are not limited. Safe for use by many threads at once.
 *
 * <p>Source of the headers: draft-ietf-httpapi-ratelimit-headers-10.
 */
public final class RequestRates implements CallerLimit {

    private static final String ORGANIZATION = "organization";
    private static final String TOKEN = "token";

    /** So many buckets are remembered; the one that was not asked for longest is full by then, most likely. */
    private static final int MOST = 50_000;

    private final Rates rates;
    private final TimeMeter time;
    private final Map<Object, Bucket> buckets;

    /**
     * How often may be asked.
     *
     * @param organization requests a second; 0 for any number
     * @param token requests a second; 0 for any number
     * @param burst for so long a rate may be saved up
     */
    public record Rates(int organization, int token, Duration burst) {

        /** Whether nothing is limited. */
        public boolean none() {
            return organization == 0 && token == 0;
        }

        private long capacity(int perSecond) {
            return Math.max(1, perSecond * burst.toMillis() / 1000);
        }
    }

    /** @param ticker nanoseconds of a clock that only goes forward, such as {@link System#nanoTime} */
    public RequestRates(Rates rates, LongSupplier ticker) {
        this(rates, ticker, MOST);
    }

    RequestRates(Rates rates, LongSupplier ticker, int most) {
        this.rates = rates;
        this.time = new Ticks(ticker);
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public Verdict ask(Caller caller) {
        if (caller.kind() == Kind.PARTNER) {
            return Verdict.FREE;
        }
        List<Line> lines = new ArrayList<>(2);
        Bucket ofToken = null;
        if (rates.token() > 0 && !caller.tokenKey().isEmpty()) {
            ofToken = bucket(caller.tokenKey(), rates.token());
            lines.add(new Line(TOKEN, rates.token(), ofToken.tryConsumeAndReturnRemaining(1)));
        }
        if (rates.organization() > 0 && lines.stream().allMatch(Line::passed)) {
            Bucket bucket = bucket(caller.organization(), rates.organization());
            lines.add(new Line(ORGANIZATION, rates.organization(), bucket.tryConsumeAndReturnRemaining(1)));
        }
        Line refusing =
                lines.stream().filter(line -> !line.passed()).findFirst().orElse(null);
        if (refusing != null && ofToken != null && refusing.name().equals(ORGANIZATION)) {
            ofToken.addTokens(1);
        }
        return verdict(lines, refusing);
    }

    private Verdict verdict(List<Line> lines, @Nullable Line refusing) {
        if (lines.isEmpty()) {
            return Verdict.FREE;
        }
        List<String> state = new ArrayList<>(2);
        List<String> policy = new ArrayList<>(2);
        for (Line line : lines) {
            state.add("\"" + line.name() + "\";r=" + line.probe().getRemainingTokens() + ";t=" + line.seconds());
            policy.add("\"" + line.name() + "\";q=" + rates.capacity(line.perSecond()) + ";w="
                    + Math.max(1, rates.burst().toSeconds()));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("RateLimit", String.join(", ", state));
        headers.put("RateLimit-Policy", String.join(", ", policy));
        return new Verdict(headers, refusing == null ? null : Duration.ofSeconds(refusing.seconds()));
    }

    private Bucket bucket(Object key, int perSecond) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    key,
                    k -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(rates.capacity(perSecond))
                                    .refillGreedy(perSecond, Duration.ofSeconds(1)))
                            .withCustomTimePrecision(time)
                            .build());
        }
    }

    /** How many buckets there are. */
    int remembered() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    /** One limit and what it says. */
    private record Line(String name, int perSecond, ConsumptionProbe probe) {

        boolean passed() {
            return probe.isConsumed();
        }

        /** Until the bucket is full, or until it gives again; a second at least. */
        long seconds() {
            long nanos = passed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
            long second = TimeUnit.SECONDS.toNanos(1);
            return Math.max(1, (nanos + second - 1) / second);
        }
    }

    private record Ticks(LongSupplier ticker) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ticker.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
