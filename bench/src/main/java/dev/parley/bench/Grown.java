package dev.parley.bench;

import java.util.List;
import java.util.Locale;

/** What grows, while all else stays as it is. */
enum Grown {
    ORGANIZATIONS(List.of(1, 100, 10_000)),
    THREADS(List.of(1000, 100_000, 1_000_000)),
    ENDPOINTS(List.of(0, 10, 1000)),
    HISTORY(List.of(10_000, 1_000_000)),
    NODES(List.of(1, 2, 3));

    private static final int LARGE_HISTORY = 10_000_000;

    private final List<Integer> sizes;

    Grown(List<Integer> sizes) {
        this.sizes = sizes;
    }

    List<Integer> sizes(boolean large) {
        return this == HISTORY && large ? List.of(sizes.getFirst(), sizes.getLast(), LARGE_HISTORY) : sizes;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
