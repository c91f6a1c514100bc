package dev.parley.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder {@code cluster} with PostgreSQL's files. It is made under another name and renamed when complete: it is
 * whole or not there.
 */
final class Cluster {
    static final String USERNAME = "parley";
    private static final String INCLUDES = """

            # Written by the server at each start.
            include = 'parley.conf'
            # Your own settings; the server never touches this file.
            include_if_exists = 'custom.conf'
            """;
    private static final String MAKING = "making-";
    private static final int STATE_OFFSET = 16;
    private static final int CLEANLY_STOPPED = 1;

    private final Path folder;
    private final Path path;

    Cluster(Path folder) {
        this.folder = folder;
        this.path = folder.resolve("cluster");
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /** Makes the cluster. */
    void initialise(Binaries binaries, Launcher launcher, String password, boolean durable) throws IOException {
        Path making = folder.resolve(MAKING + ProcessHandle.current().pid());
        Folders.create(making);
        Path passwordFile = making.resolve("password");
        Folders.writeSecret(passwordFile, password + "\n");
        Launcher initdb = launcher.as(Accounts.initdb(launcher.account()));
        hand(making, initdb.account());
        Path made = making.resolve("cluster");
        Commands.Result result = Commands.run(
                initdb.command("KILL", initdb(binaries, made, passwordFile, durable)), Duration.ofMinutes(5));
        if (!result.ok()) {
            throw new PostgresException("PostgreSQL could not initialise " + path + ": "
                    + result.output().strip()
                    + "\nGive the account that runs the server a name in /etc/passwd if that is what it misses; check"
                    + " that the disk has room; or use a PostgreSQL of your own with --database-url.");
        }
        Files.writeString(made.resolve("postgresql.conf"), INCLUDES, StandardOpenOption.APPEND);
        hand(made, launcher.account());
        Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(folder);
        Folders.delete(making);
    }

    private static List<String> initdb(Binaries binaries, Path target, Path passwordFile, boolean durable) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + target,
                "--username=" + USERNAME,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        if (!durable) {
            command.add("--no-sync");
        }
        return command;
    }

    /** Removes what a start left that was killed while it made a cluster. */
    void removeHalfMade() throws IOException {
        for (Path left : Folders.startingWith(folder, MAKING)) {
            Folders.delete(left);
        }
        if (Files.isDirectory(path) && !exists()) {
            throw new PostgresException(path + " is there but holds no PostgreSQL data (PG_VERSION is missing). Put"
                    + " its files back from a backup; or, if nothing in it is needed, remove it.");
        }
    }

    /** Refuses files of another major version, which these binaries cannot read. */
    void checkVersion() throws IOException {
        String found = Files.readString(path.resolve("PG_VERSION")).strip();
        if (!found.equals(Binaries.major())) {
            throw new PostgresException(path + " was written by PostgreSQL " + found + ", and this server brings "
                    + Binaries.version() + ". Move the data with pg_dump of version " + found
                    + ", or use that PostgreSQL with --database-url.");
        }
    }

    /** Whether the last run ended with a clean stop; otherwise the next start replays the log first. */
    boolean cleanlyStopped() throws IOException {
        ByteBuffer state = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
        try (FileChannel control = FileChannel.open(path.resolve("global/pg_control"), StandardOpenOption.READ)) {
            control.read(state, STATE_OFFSET);
        }
        return !state.hasRemaining() && state.flip().getInt() == CLEANLY_STOPPED;
    }

    /** Writes the settings that a start does not force. */
    void writeSettings(String text, Account account) throws IOException {
        Path file = path.resolve("parley.conf");
        Files.writeString(file, "# Written at each start. Put your own settings into custom.conf.\n" + text);
        hand(file, account);
    }

    private static void hand(Path files, Account account) throws IOException {
        if (account instanceof Account.Other other) {
            Folders.give(files, other.uid());
        }
    }

    /** Gives the cluster to the account that runs PostgreSQL, when it is not its own. */
    void handOver(Account account) throws IOException {
        if (account instanceof Account.Other other && Folders.owner(path) != other.uid()) {
            Folders.give(path, other.uid());
        }
    }
}
