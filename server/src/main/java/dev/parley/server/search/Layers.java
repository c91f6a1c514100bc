package dev.parley.server.search;

import java.util.List;
import java.util.Optional;

/**
 * Which segments are merged. From the newest on, the first eight stay as they were made; the eight behind them grow to 16 times that,
 * and all others to 64 times. So a common word fills its search from small segments, of which few matches are read in vain, and one
 * that is so rare that large ones are reached has few matches there. A segment is merged into the next older one, which itself is
 * not written anew.
 */
final class Layers {

    /** Segments of each layer but the last. */
    static final int KEPT = 8;

    /** How many times the entries of a new segment those of each layer grow to. */
    private static final List<Integer> GROWN = List.of(1, 16, 64);

    private Layers() {}

    /**
     * A segment.
     *
     * @param entries as many as it has, or more
     */
    record Segment(long id, long entries) {}

    /** Entries are to go from one segment to another, which is the next older one. */
    record Step(Segment from, Segment to) {}

    /** What is to be done next; nothing when the segments are as they should be. Of what can be done that which moves least. */
    static Optional<Step> next(List<Segment> newestFirst, long full) {
        for (int layer = 1; layer < GROWN.size(); layer++) {
            Optional<Step> step = next(newestFirst, layer, full * GROWN.get(layer));
            if (step.isPresent()) {
                return step;
            }
        }
        return Optional.empty();
    }

    private static Optional<Step> next(List<Segment> segments, int layer, long most) {
        int end = layer == GROWN.size() - 1 ? segments.size() : Math.min(segments.size(), (layer + 1) * KEPT);
        Step least = null;
        for (int i = layer * KEPT; i + 1 < end; i++) {
            Segment from = segments.get(i);
            Segment to = segments.get(i + 1);
            if (from.entries() + to.entries() <= most
                    && (least == null || from.entries() <= least.from().entries())) {
                least = new Step(from, to);
            }
        }
        return Optional.ofNullable(least);
    }

    /** By the {@code number} of a segment of what was there before: how many times the entries of a new one it takes, as SQL. */
    static String grownByNumber() {
        StringBuilder grown = new StringBuilder("case");
        for (int layer = 0; layer < GROWN.size() - 1; layer++) {
            grown.append(" when number > ")
                    .append(-(layer + 1) * KEPT)
                    .append(" then ")
                    .append(GROWN.get(layer));
        }
        return grown.append(" else ").append(GROWN.getLast()).append(" end").toString();
    }
}
