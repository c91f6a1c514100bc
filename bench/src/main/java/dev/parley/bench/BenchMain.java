package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The first figures: accepts beside PostgreSQL's own inserts, and the time to the provider's door. See {@code bench/run}. */
public final class BenchMain {

    private BenchMain() {}

    /** A table of its own, by its first argument. */
    @FunctionalInterface
    private interface Command {
        void run(Path home, Path work, List<String> arguments) throws Exception;
    }

    private static final Map<String, Command> COMMANDS = Map.of(
            "streams", StreamBench::run,
            "webhooks", WebhookBench::run,
            "reads", ReadsBench::run,
            "handover", HandoverBench::run,
            "start", StartBench::run,
            "disk", DiskBench::run,
            "due", DueBench::run,
            "callbacks", CallbackBench::run,
            "growth", GrowthBench::run);

    /** Arguments: checkout, scratch folder, pgbench, then {@link BenchOptions#USAGE}, or the name of another table and its options. */
    public static void main(String[] arguments) throws Exception {
        Command command = COMMANDS.get(arguments.length > 3 ? arguments[3] : "");
        if (command != null) {
            command.run(
                    Path.of(arguments[0]),
                    Path.of(arguments[1]),
                    Arrays.asList(arguments).subList(4, arguments.length));
            return;
        }
        BenchOptions options;
        try {
            options = BenchOptions.of(
                    Path.of(arguments[0]),
                    Path.of(arguments[1]),
                    Path.of(arguments[2]),
                    Arrays.asList(arguments).subList(3, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        try (Children children = new Children(options.work())) {
            run(options, children, new Report(System.out));
        }
    }

    private static void run(BenchOptions options, Children children, Report report)
            throws IOException, InterruptedException, SQLException {
        report.note("starting server, database and simulator, and making " + options.threads() + " threads");
        World world = World.start(options, children);
        if (options.statements()) {
            CountsReader.countStatements(World.data(options));
        }
        try (FloorDatabase database = FloorDatabase.of(World.data(options), children, options.statements())) {
            Floor floor = new Floor(options, children, database);
            report.conditions(database, floor.version());
            ceiling(options, children, world, report);
            database.makeTable();
            if (options.rate() > 0) {
                new Door(options, world, database, report).run();
            }
            if (options.lifecycle() > 0) {
                new Lifecycle(options, world, database, new LifecycleReport(System.out)).run();
            }
            if (options.rounds() == 0) {
                return;
            }
            new Acceptance(options, world, database, floor, report).run();
        }
    }

    private static void ceiling(BenchOptions options, Children children, World world, Report report)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                Programs.java(), "-XX:+UseSerialGC", "-cp", Programs.classPath(), ResponderMain.class.getName());
        int port =
                Integer.parseInt(children.start("responder", command, Map.of()).line());
        int most =
                options.connections().stream().mapToInt(Integer::intValue).max().orElse(1);
        world.load(port, most, 3, 0);
        report.ceiling(most, world.load(port, most, 5, 0));
    }
}
