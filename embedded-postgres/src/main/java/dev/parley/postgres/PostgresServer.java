package dev.parley.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running PostgreSQL, child of this process, on a data folder that this process holds. It is watched and started
 * again when it dies, on the same port, so that connection pools find it. When this process is killed, the database
 * stops cleanly by itself (where {@code setpriv} has {@code --pdeathsig}), or the next start stops it.
 *
 * <p>Nothing here is a shutdown hook: call {@link #close} in yours, after the last user of the database. Safe for
 * several threads.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String DATABASE = "parley";

    private final PostgresOptions options;
    private final DataFolderLock lock;
    private final Supervisor supervisor;
    private final ConnectionFile connection;
    private final AtomicBoolean closed = new AtomicBoolean();

    PostgresServer(PostgresOptions options, DataFolderLock lock, Supervisor supervisor, ConnectionFile connection) {
        this.options = options;
        this.lock = lock;
        this.supervisor = supervisor;
        this.connection = connection;
    }

    /**
     * Unpacks and initialises what is missing, recovers what a crash left, starts, and returns when connections are
     * accepted.
     *
     * @throws DataFolderInUseException when another process holds the folder
     * @throws PostgresException when it cannot be started; the text says what to do
     */
    public static PostgresServer start(PostgresOptions options) {
        return start(options, Machine.real());
    }

    static PostgresServer start(PostgresOptions options, Machine machine) {
        Settings.check(options.settings());
        DataFolderLock lock = DataFolderLock.acquire(options.folder());
        try {
            return new Starter(options, machine, lock, DATABASE).start();
        } catch (IOException e) {
            lock.close();
            throw new PostgresException(
                    "The database in " + options.folder() + " could not be started: " + e
                            + ". Check that the disk has room and that the folder can be written.",
                    e);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** For the database {@code parley}, without the password. */
    public String jdbcUrl() {
        return connection.jdbcUrl();
    }

    /** For another database of this server. */
    public String jdbcUrl(String database) {
        return url(port(), database);
    }

    /** The account in the database. */
    public String username() {
        return connection.username();
    }

    /** Its password. */
    public String password() {
        return connection.password();
    }

    /** On 127.0.0.1; the same as long as this object lives. */
    public int port() {
        return connection.port();
    }

    /** PostgreSQL's main process, or the last one while it is being started again. */
    public long pid() {
        return supervisor.pid();
    }

    /** What it is doing. */
    public PostgresState state() {
        return supervisor.state();
    }

    /** The folder that holds it. */
    public Path folder() {
        return options.folder();
    }

    /** Ends all sessions, stops cleanly, lets go of the folder. A second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        supervisor.close();
        ConnectionFile.released(options.folder());
        lock.close();
    }

    /** The version of the PostgreSQL that comes with this library, for example {@code 18.6.0}. */
    public static String version() {
        return Binaries.version();
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String toString() {
        return "PostgresServer[" + jdbcUrl() + ", " + state() + "]";
    }
}
