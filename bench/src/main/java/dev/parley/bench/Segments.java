package dev.parley.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** How search entries lie once the server has merged them: the newest in small segments, older ones in larger ones. */
final class Segments {

    private static final int FULL = 16_384;
    private static final int KEPT = 8;

    private Segments() {}

    /** For each segment, the oldest first: its number, how many entries it has, and the first of them, as SQL. */
    static String values(int entries) {
        Deque<int[]> oldestFirst = new ArrayDeque<>();
        int left = entries;
        for (int i = 0; left > 0; i++) {
            int size = Math.min(left, FULL * (i < KEPT ? 1 : i < 2 * KEPT ? 16 : 64));
            left -= size;
            oldestFirst.addFirst(new int[] {size, left});
        }
        StringBuilder values = new StringBuilder();
        int number = 1;
        for (int[] segment : oldestFirst) {
            values.append(number == 1 ? "(" : ", (").append(number++).append(", ");
            values.append(segment[0]).append(", ").append(segment[1]).append(')');
        }
        return values.toString();
    }
}
