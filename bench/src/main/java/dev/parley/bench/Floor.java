package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PostgreSQL does by itself: pgbench, one insert a transaction into a copy of messages, over TCP as the server. */
final class Floor {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

    private static final String SCRIPT = """
            \\set thread random(1, THREADS)
            \\set seq random(1, 9000000000000000)
            insert into bench_messages (organization_id, id, thread_id, account_id, origin, send_by, payload, delivery_status, phase,
                seq, lane, accepted_at, expires_at, version, created_at, updated_at)
            values ('00000000-0000-4000-8000-000000000001', uuidv7(),
                ('00000000-0000-4000-8000-' || lpad(to_hex(:thread::int), 12, '0'))::uuid,
                '00000000-0000-4000-8000-000000000002', 'outbound', 'Bench',
                '{"type": "text", "text": {"value": "TEXT000000001"}}', 'accepted', 'queued',
                :seq, 0, now(), now() + interval '24 hours', 1, now(), now());
            """;

    private final BenchOptions options;
    private final Children children;
    private final FloorDatabase database;
    private final Path script;

    Floor(BenchOptions options, Children children, FloorDatabase database) throws IOException {
        this.options = options;
        this.children = children;
        this.database = database;
        this.script = options.work().resolve("floor.sql");
        Files.writeString(
                script,
                SCRIPT.replace("THREADS", Integer.toString(options.threads())).replace("TEXT", RequestTemplate.TEXT));
    }

    String version() throws IOException, InterruptedException {
        return children.run("pgbench", List.of(options.pgbench().toString(), "--version"), Map.of())
                .strip();
    }

    /**
     * One run.
     *
     * @param perSecond transactions a second
     * @param millis processor time of a transaction, pgbench's and the database's
     */
    record Run(double perSecond, double millis) {}

    Run measure(int connections) throws IOException, InterruptedException, SQLException {
        int jobs = Math.min(connections, Runtime.getRuntime().availableProcessors());
        List<String> command = List.of(
                options.pgbench().toString(),
                "-M",
                "prepared",
                "-n",
                "-c",
                Integer.toString(connections),
                "-j",
                Integer.toString(jobs),
                "-T",
                Integer.toString(options.seconds()),
                "-f",
                script.toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(database.file().port()),
                "-U",
                database.file().username(),
                database.name());
        long spent = spent();
        String out = children.run(
                "pgbench", command, Map.of("PGPASSWORD", database.file().password()));
        Matcher matcher = TPS.matcher(out);
        if (!matcher.find() || !out.contains("number of failed transactions: 0 ")) {
            throw new IOException("pgbench did not say how fast it was, or had failures:\n" + out);
        }
        double perSecond = Double.parseDouble(matcher.group(1));
        return new Run(perSecond, (spent() - spent) / (perSecond * options.seconds()));
    }

    private long spent() throws SQLException {
        return Processors.ownMillis() + Processors.treeMillis(database.postmaster());
    }
}
