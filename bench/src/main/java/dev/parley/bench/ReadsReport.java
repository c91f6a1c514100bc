package dev.parley.bench;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Prints a table of times, one row a question. */
final class ReadsReport {

    private ReadsReport(List<String> columns) {
        StringBuilder head = new StringBuilder("\n| |");
        StringBuilder line = new StringBuilder("|---|");
        for (String column : columns) {
            head.append(" ").append(column).append(": matches | p50 ms | p99 ms |");
            line.append("---:|---:|---:|");
        }
        System.out.println(head + " p50 ratio | p99 ratio |");
        System.out.println(line + "---:|---:|");
    }

    /** Columns for numbers of messages. */
    static ReadsReport sizes(List<Integer> sizes) {
        return new ReadsReport(sizes.stream()
                .map(size -> String.format(Locale.ROOT, "%,d", size))
                .toList());
    }

    /** Columns for one number of messages, alone and while others write so many a second. */
    static ReadsReport besideWrites(int messages, int perSecond) {
        return new ReadsReport(List.of(
                String.format(Locale.ROOT, "%,d, quiet", messages),
                String.format(Locale.ROOT, "beside %,d accepts/s", perSecond)));
    }

    /** How long answers took at one size. */
    static final class Times {

        private final String matches;
        private long[] nanos = new long[64];
        private int count;
        private long sum;
        private int refused;

        /** @param matches as the answer's {@code meta} counts them */
        Times(String matches) {
            this.matches = matches;
        }

        void add(long time, int status) {
            if (count == nanos.length) {
                nanos = java.util.Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = time;
            sum += time;
            if (status != 200) {
                refused = status;
            }
        }

        long sum() {
            return sum;
        }

        private double at(double share) {
            return new Spread(java.util.Arrays.copyOf(nanos, count)).at(share) / 1e6;
        }
    }

    void row(String name, List<Times> all) {
        StringBuilder row = new StringBuilder("| " + name + " |");
        for (Times times : all) {
            String refused = times.refused == 0 ? "" : " (answered " + times.refused + ")";
            row.append(String.format(
                    Locale.ROOT, " %s%s | %.1f | %.1f |", times.matches, refused, times.at(0.5), times.at(0.99)));
        }
        Times first = all.getFirst();
        Times last = all.getLast();
        row.append(String.format(
                Locale.ROOT, " %.1f | %.1f |", last.at(0.5) / first.at(0.5), last.at(0.99) / first.at(0.99)));
        System.out.println(row);
    }

    void end() throws IOException {
        System.out.printf(
                "%n%s, Java %s, load %s%n", LocalDate.now(ZoneOffset.UTC), Runtime.version(), Conditions.load());
    }
}
