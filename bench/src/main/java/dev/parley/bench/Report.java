package dev.parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints what was measured, and beside it under which conditions. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void note(String line) {
        out.println("* " + line);
    }

    void conditions(FloorDatabase database, String pgbench) throws IOException, SQLException {
        out.printf(
                Locale.ROOT,
                "%n%s, %s, %d processors, load %s%n",
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                load());
        out.printf(
                Locale.ROOT, "Java %s; PostgreSQL %s, embedded; %s%n", Runtime.version(), database.version(), pgbench);
        out.printf(Locale.ROOT, "both sides, one database: %s%n", String.join(", ", database.promises()));
        out.printf(
                Locale.ROOT,
                "Parley promises with each 201: message, duty to send, event and idempotency are committed and flushed.%n");
        out.printf(
                Locale.ROOT,
                "pgbench promises with each transaction: one row in a copy of messages, with all its indexes, is the same.%n");
        out.printf(Locale.ROOT, "Load generator, server, database and pgbench share the processors.%n%n");
    }

    void ceiling(int connections, LoadResult result) {
        out.printf(
                Locale.ROOT,
                "load generator against a trivial responder: %,.0f requests/s at %d connections%n",
                result.perSecond(),
                connections);
    }

    void pair(int round, int connections, Acceptance.Pair pair) {
        out.printf(
                Locale.ROOT,
                "  round %d, %2d connections: ratio %.2f (%,.0f accepts/s, %,.0f transactions/s)%n",
                round,
                connections,
                pair.ratio(),
                pair.accepted().perSecond(),
                pair.floor().perSecond());
    }

    void acceptance(BenchOptions options, List<List<Acceptance.Pair>> pairs) {
        out.printf(
                Locale.ROOT,
                "%nDurable accepts: POST /public/v2/messages, one text, %,d threads, window checked; the account is paused, so%n",
                options.threads());
        out.printf(
                Locale.ROOT,
                "nothing is sent meanwhile. Medians of %d rounds of %d s, each beside its pgbench run.%n%n",
                options.rounds(),
                options.seconds());
        out.printf(
                Locale.ROOT,
                "| connections | ratio | accepts/s | pgbench/s | p50 ms | p99 ms | processor ratio | processor ms a message:"
                        + " server + database + load generator | a transaction: database + pgbench |%n");
        out.printf(Locale.ROOT, "|---:|---:|---:|---:|---:|---:|---:|---:|---:|%n");
        for (int i = 0; i < pairs.size(); i++) {
            List<Acceptance.Pair> of = pairs.get(i);
            out.printf(
                    Locale.ROOT,
                    "| %d | %.2f | %,.0f | %,.0f | %.1f | %.1f | %.2f | %.3f + %.3f + %.3f | %.3f |%n",
                    options.connections().get(i),
                    median(of, Acceptance.Pair::ratio),
                    median(of, pair -> pair.accepted().perSecond()),
                    median(of, pair -> pair.floor().perSecond()),
                    median(of, pair -> pair.accepted().p50Micros() / 1000.0),
                    median(of, pair -> pair.accepted().p99Micros() / 1000.0),
                    median(of, Acceptance.Pair::processorRatio),
                    median(of, Acceptance.Pair::serverMillis),
                    median(of, Acceptance.Pair::databaseMillis),
                    median(of, Acceptance.Pair::loadMillis),
                    median(of, pair -> pair.floor().millis()));
        }
        out.println();
    }

    void door(BenchOptions options, Door.Times times) {
        out.printf(
                Locale.ROOT,
                "%nTo the simulator's door: %d messages/s for %d s in an open loop over %,d threads, one account of %,d messages/s.%n%n",
                options.rate(),
                options.doorSeconds(),
                options.threads(),
                World.accountRate(options));
        out.printf(Locale.ROOT, "| from | p50 ms | p99 ms | most ms |%n|---|---:|---:|---:|%n");
        door("the request is due to be sent, until the simulator has the message", times.fromRequest());
        door("the 201 is read, until the simulator has the message", times.fromAnswer());
        out.printf(
                Locale.ROOT,
                "| the request is due, until its 201 is read | %.1f | %.1f | |%n",
                times.accepted().p50Micros() / 1000.0,
                times.accepted().p99Micros() / 1000.0);
        out.printf(
                Locale.ROOT,
                "%nprocessor ms a message, with sending it and applying three statuses: server %.2f, database %.2f%n",
                times.serverMillis(),
                times.databaseMillis());
    }

    private void door(String from, Spread spread) {
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |%n",
                from,
                spread.at(0.5) / 1000.0,
                spread.at(0.99) / 1000.0,
                spread.at(1) / 1000.0);
    }

    private static double median(List<Acceptance.Pair> pairs, ToDoubleFunction<Acceptance.Pair> of) {
        return Spread.median(pairs.stream().mapToDouble(of).toArray());
    }

    /** Of the machine: what else runs shows here. */
    private static String load() throws IOException {
        String text = Files.readString(Path.of("/proc/loadavg"));
        return text.substring(0, text.indexOf(' '));
    }
}
