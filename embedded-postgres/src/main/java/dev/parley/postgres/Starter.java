package dev.parley.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The steps from a folder in any condition to a running database. */
final class Starter {
    private static final long LOG_BYTES = 5L * 1024 * 1024;
    private static final int PORT_TRIES = 5;

    private final PostgresOptions options;
    private final Machine machine;
    private final DataFolderLock lock;
    private final String database;
    private final Cluster cluster;

    Starter(PostgresOptions options, Machine machine, DataFolderLock lock, String database) {
        this.options = options;
        this.machine = machine;
        this.lock = lock;
        this.database = database;
        this.cluster = new Cluster(options.folder());
    }

    PostgresServer start() throws IOException {
        Binaries binaries = Binaries.in(options.binaries(), options.progress());
        Launcher launcher = machine.launcher().apply(machine.accounts().choose(cluster.path()));
        letIn(launcher, binaries);
        Leftovers.clear(options.folder(), cluster.path(), options.stopWait());
        cluster.removeHalfMade();
        String password = prepare(binaries, launcher);
        options.progress().accept(cluster.cleanlyStopped() ? "starting" : "recovering");
        return launch(binaries, launcher, password);
    }

    private String prepare(Binaries binaries, Launcher launcher) throws IOException {
        Path file = options.folder().resolve("password");
        if (!cluster.exists()) {
            options.progress().accept("initialising");
            byte[] secret = new byte[24];
            options.random().nextBytes(secret);
            Folders.writeSecret(file, HexFormat.of().formatHex(secret));
            cluster.initialise(binaries, launcher, Files.readString(file), options.durable());
        }
        if (!Files.exists(file)) {
            throw new PostgresException("The database's password, " + file + ", is missing. Put it back from the"
                    + " backup that the folder came from.");
        }
        cluster.checkVersion();
        cluster.handOver(launcher.account());
        String defaults = Settings.file(Settings.defaults(memory()));
        cluster.writeSettings(defaults + Settings.file(options.settings()), launcher.account());
        return Files.readString(file).strip();
    }

    private PostgresServer launch(Binaries binaries, Launcher launcher, String password) throws IOException {
        LogFile log = new LogFile(options.folder(), LOG_BYTES);
        for (int tries = 1; ; tries++) {
            int port = choosePort(tries);
            Supervisor supervisor = new Supervisor(plan(binaries, launcher, port, log), options);
            try {
                supervisor.start();
                return connect(supervisor, port, password);
            } catch (PortTakenException e) {
                if (tries == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private PostgresServer connect(Supervisor supervisor, int port, String password) throws IOException {
        boolean done = false;
        try {
            Database.ensure(port, database, Cluster.USERNAME, password);
            ConnectionFile connection = new ConnectionFile(
                    PostgresServer.url(port, database),
                    Cluster.USERNAME,
                    password,
                    port,
                    ProcessHandle.current().pid());
            connection.write(options.folder());
            done = true;
            return new PostgresServer(options, lock, supervisor, connection);
        } finally {
            if (!done) {
                supervisor.close();
            }
        }
    }

    /** The port of last time where possible: what was noted about this database stays true. */
    private int choosePort(int tries) {
        int last = ConnectionFile.lastPort(options.folder());
        return tries == 1 && last > 0 && Ports.isFree(last) ? last : Ports.free(options.random());
    }

    private Postmaster.Plan plan(Binaries binaries, Launcher launcher, int port, LogFile log) {
        List<String> program = new ArrayList<>(
                List.of(binaries.program("postgres"), "-D", cluster.path().toString()));
        program.addAll(Settings.arguments(Settings.forced(options.durable(), port)));
        return new Postmaster.Plan(
                options.folder(),
                cluster.path(),
                launcher.command("INT", program),
                port,
                log,
                options.startWait(),
                options.stopWait());
    }

    /** Makes sure that the account which runs PostgreSQL reaches its programs and its folder. */
    private void letIn(Launcher launcher, Binaries binaries) throws IOException {
        if (launcher.account() instanceof Account.Same) {
            return;
        }
        for (Path folder : List.of(options.folder(), options.binaries())) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
            if (launcher.account() instanceof Account.Other && mode.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(folder, mode);
            }
        }
        List<String> look = new ArrayList<>(launcher.account().prefix());
        look.addAll(List.of("test", "-x", options.folder().toString(), "-a", "-x", binaries.program("postgres")));
        if (!Commands.run(look, Duration.ofSeconds(10)).ok()) {
            throw new PostgresException("PostgreSQL refuses to run as root, and the account it runs as instead cannot"
                    + " enter " + options.folder() + " or " + options.binaries() + " (a folder above is closed to it)."
                    + " Choose a folder such as /var/lib/parley with --data, run the server as an ordinary user, or"
                    + " use a PostgreSQL of your own with --database-url.");
        }
    }

    private static long memory() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 2L * 1024 * 1024 * 1024;
    }
}
