package dev.parley.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own that holds a database and writes rows, printing each number once its commit is answered, until it
 * is killed.
 */
final class OwnerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private OwnerProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The child's program: folder, binaries, and "deathSignal" or "noDeathSignal". */
    public static void main(String[] args) throws Exception {
        boolean deathSignal = args[2].equals("deathSignal");
        Machine machine = new Machine(
                Accounts.real(),
                account -> new Launcher(
                        account, deathSignal && Launcher.probe(account).deathSignal(), true));
        PostgresServer server =
                PostgresServer.start(PostgresOptions.in(Path.of(args[0])).withBinaries(Path.of(args[1])), machine);
        Sql.execute(server, "create table if not exists rows (n int primary key)");
        System.out.println("uid " + Account.currentUid() + " postgres " + server.pid());
        try (Connection connection = Sql.connect(server);
                PreparedStatement insert = connection.prepareStatement(
                        "insert into rows select coalesce(max(n), 0) + 1 from rows returning n")) {
            while (true) {
                try (var rows = insert.executeQuery()) {
                    rows.next();
                    System.out.println(rows.getInt(1));
                }
            }
        }
    }

    static OwnerProcess start(Path folder, boolean deathSignal) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), folder, TestBinaries.cache(), deathSignal);
    }

    static OwnerProcess start(List<String> prefix, String classPath, Path folder, Path binaries, boolean deathSignal)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                classPath,
                OwnerProcess.class.getName(),
                folder.toString(),
                binaries.toString(),
                deathSignal ? "deathSignal" : "noDeathSignal"));
        return new OwnerProcess(new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Its uid and its PostgreSQL's number, once that accepts connections. */
    long[] awaitRunning() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("uid ")) {
                String[] words = line.split(" ");
                return new long[] {Long.parseLong(words[1]), Long.parseLong(words[3])};
            }
        }
        throw new IllegalStateException(
                "the child ended with " + Waiting.forExit(process, java.time.Duration.ofSeconds(5)));
    }

    /** Reads until at least {@code count} rows are acknowledged; answers the last one. */
    int awaitRows(int count) throws IOException {
        int last = 0;
        for (int read = 0; read < count; read++) {
            last = Integer.parseInt(output.readLine());
        }
        return last;
    }

    /** As {@code kill -9} does; answers the last row that was acknowledged. */
    int kill(int last) throws IOException {
        // Not Process.destroyForcibly: that closes the stream before the last lines are read.
        Commands.signal(process.pid(), "KILL");
        int acknowledged = last;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            acknowledged = line.matches("\\d+") ? Math.max(acknowledged, Integer.parseInt(line)) : acknowledged;
        }
        return acknowledged;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
