package dev.parley.simulator.whatsapp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** SplitMix64 over one atomic counter: repeatable from its seed, usable from all threads without a lock. */
public final class SharedRandom implements RandomGenerator {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final AtomicLong state;

    /** @param seed the same seed gives the same numbers */
    public SharedRandom(long seed) {
        state = new AtomicLong(seed);
    }

    @Override
    public long nextLong() {
        return mix(state.addAndGet(GOLDEN));
    }

    /** A mapping of 64-bit numbers onto themselves without collisions. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
