package dev.parley.bench;

import java.util.List;
import java.util.Locale;

/** What grows, while all else stays as it is. */
enum Grown {
    ORGANIZATIONS,
    THREADS,
    ENDPOINTS,
    HISTORY,
    NODES;

    /** From the smallest on. */
    List<Integer> sizes(boolean large) {
        return switch (this) {
            case ORGANIZATIONS -> List.of(1, 100, 10_000);
            case THREADS -> List.of(1000, 100_000, 1_000_000);
            case ENDPOINTS -> List.of(0, 10, 1000);
            case HISTORY -> large ? List.of(10_000, 1_000_000, 10_000_000) : List.of(10_000, 1_000_000);
            case NODES -> List.of(1, 2, 3);
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
