package dev.parley.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints how accepts and lives change as something grows, ratios to the smallest first. */
final class GrowthReport {

    private GrowthReport() {}

    static void print(
            Grown grown,
            List<Integer> sizes,
            int rounds,
            int rate,
            int lifeSeconds,
            List<List<GrowthWorld.Accepts>> accepts,
            List<List<GrowthWorld.Lives>> lives) {
        System.out.printf(
                Locale.ROOT,
                "%nAs %s grow: durable accepts (64 connections, nothing sent meanwhile); whole lives (%d/s for %d s in an open loop:"
                        + " accepted, handed over, sent, delivered and read by signed callbacks of up to ten). Medians of %d rounds in turns."
                        + " Everything shares the processors.%n%n",
                grown.word(),
                rate,
                lifeSeconds,
                rounds);
        System.out.printf(
                "| %s | accepts, to the smallest | a life's processor time, to the smallest | accepts/s | p99 ms | processor ms an accept:"
                        + " server + database | a life: server + database | due to the simulator: p50 ms | p99 | all read after s | not accepted |%n",
                grown.word());
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        double most = median(accepts.getFirst(), one -> one.load().perSecond());
        double least = median(lives.getFirst(), one -> one.server() + one.database());
        for (int i = 0; i < sizes.size(); i++) {
            List<GrowthWorld.Accepts> accepted = accepts.get(i);
            List<GrowthWorld.Lives> lived = lives.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.2f | %.2f | %,.0f | %.1f | %.3f + %.3f | %.3f + %.3f | %.1f | %.1f | %.1f | %d |%n",
                    sizes.get(i),
                    median(accepted, one -> one.load().perSecond()) / most,
                    median(lived, one -> one.server() + one.database()) / least,
                    median(accepted, one -> one.load().perSecond()),
                    median(accepted, one -> one.load().p99Micros() / 1000.0),
                    median(accepted, GrowthWorld.Accepts::server),
                    median(accepted, GrowthWorld.Accepts::database),
                    median(lived, GrowthWorld.Lives::server),
                    median(lived, GrowthWorld.Lives::database),
                    median(lived, one -> one.door().at(0.5) / 1000.0),
                    median(lived, one -> one.door().at(0.99) / 1000.0),
                    median(lived, GrowthWorld.Lives::settleSeconds),
                    lived.stream().mapToLong(one -> one.load().others()).sum()
                            + accepted.stream()
                                    .mapToLong(one -> one.load().others())
                                    .sum());
        }
    }

    private static <T> double median(List<T> rounds, ToDoubleFunction<T> of) {
        return Spread.median(rounds.stream().mapToDouble(of).toArray());
    }
}
