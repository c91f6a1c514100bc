package dev.parley.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Prints what handing over costs, this server first. */
final class HandoverReport {

    /** What the processors should spend on a message, server and database, in milliseconds. */
    private static final double GOAL = 0.15;

    private final List<Side> sides;
    private final List<String> missing;
    private boolean headed;

    HandoverReport(List<Side> sides, List<String> missing) {
        this.sides = sides;
        this.missing = missing;
    }

    void promises() {
        for (Side side : sides) {
            System.out.println(side.name() + ": " + side.promise());
        }
        for (String peer : missing) {
            System.out.println("LEFT OUT, as it is not here: " + peer);
        }
        System.out.println(
                "Load generator and door are one process; it, all sides and their database share the processors.");
    }

    void steady(int rate, int seconds, List<List<HandoverBench.Run>> runs) {
        System.out.printf(
                Locale.ROOT,
                "%n%,d messages/s for %d s in an open loop; medians of %d rounds in turns. Goal: %.2f ms a message.%n%n",
                rate,
                seconds,
                runs.getFirst().size(),
                GOAL);
        System.out.println(
                "| | processor ms a message, peer to Parley | processor ms a message: program + database | request due to"
                        + " accepted: p50 ms | p99 | due to the door: p50 | p99 | most | not accepted, not there or twice |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        double own = median(runs.getFirst(), HandoverReport::millis);
        for (int i = 0; i < sides.size(); i++) {
            List<HandoverBench.Run> of = runs.get(i);
            boolean door = sides.get(i).handsOver();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.3f + %.3f | %.1f | %.1f | %s | %s | %s | %d |%n",
                    sides.get(i).name(),
                    median(of, HandoverReport::millis) / own,
                    median(of, run -> run.used().server() / run.messages()),
                    median(of, run -> run.used().database() / run.messages()),
                    median(of, run -> run.accepted().p50Micros() / 1000.0),
                    median(of, run -> run.accepted().p99Micros() / 1000.0),
                    door ? door(of, 0.5) : "–",
                    door ? door(of, 0.99) : "–",
                    door ? door(of, 1) : "–",
                    of.stream().mapToInt(HandoverBench.Run::late).sum());
        }
    }

    void highest(Side side, int rate, HandoverBench.@Nullable Run run) {
        if (!headed) {
            System.out.println(
                    "\nThe highest rate that is kept up with (the last message is there within a second of when it was due):\n");
            System.out.println(
                    "| | messages/s | processor ms a message: program + database | due to accepted p99 ms | due to the door p99 |");
            System.out.println("|---|---:|---:|---:|---:|");
            headed = true;
        }
        if (run == null) {
            System.out.printf("| %s | not even the first | | | |%n", side.name());
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.3f + %.3f | %.1f | %s |%n",
                side.name(),
                rate,
                run.used().server() / run.messages(),
                run.used().database() / run.messages(),
                run.accepted().p99Micros() / 1000.0,
                side.handsOver() ? door(List.of(run), 0.99) : "–");
    }

    private static String door(List<HandoverBench.Run> runs, double share) {
        return String.format(Locale.ROOT, "%.1f", median(runs, run -> run.door().at(share) / 1000.0));
    }

    private static double millis(HandoverBench.Run run) {
        return (run.used().server() + run.used().database()) / run.messages();
    }

    private static double median(List<HandoverBench.Run> runs, ToDoubleFunction<HandoverBench.Run> of) {
        return Spread.median(runs.stream().mapToDouble(of).toArray());
    }
}
