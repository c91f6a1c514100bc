package dev.parley.server.platform.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody probably meant, whatever the case of the letters. */
public final class NearestName {

    /** Longer ones are nobody's slip, and would take long to compare. */
    private static final int LONGEST = 128;

    private NearestName() {}

    /** The nearest of the names, or null when none is near enough to be worth saying. */
    public static @Nullable String of(String written, Collection<String> names) {
        if (written.length() > LONGEST) {
            return null;
        }
        String small = written.toLowerCase(Locale.ROOT);
        String nearest = names.stream()
                .min(Comparator.<String>comparingInt(name -> distance(small, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
        if (nearest == null) {
            return null;
        }
        int enough = Math.max(2, nearest.length() / 3);
        return distance(small, nearest.toLowerCase(Locale.ROOT)) <= enough ? nearest : null;
    }

    /** A sentence's end: "; did you mean X?", or nothing. */
    public static String hint(String written, Collection<String> names) {
        String nearest = of(written, names);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    /** Insertions, deletions, replacements and swaps of neighbours, each counting one (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int best = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                cost[i][j] = swapped(a, b, i, j) ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
            }
        }
        return cost[a.length()][b.length()];
    }

    private static boolean swapped(String a, String b, int i, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
