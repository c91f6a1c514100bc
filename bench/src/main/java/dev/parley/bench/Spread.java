package dev.parley.bench;

import java.util.Arrays;

/** How measured times are spread. */
final class Spread {

    private final long[] sorted;

    Spread(long[] values) {
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    int size() {
        return sorted.length;
    }

    /** The value that {@code share} (0 to 1) of all are not above; 0 without any. */
    long at(double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.clamp(rank, 0, sorted.length - 1)];
    }

    static double median(double[] values) {
        double[] ordered = values.clone();
        Arrays.sort(ordered);
        int half = ordered.length / 2;
        return ordered.length % 2 == 1 ? ordered[half] : (ordered[half - 1] + ordered[half]) / 2;
    }
}
