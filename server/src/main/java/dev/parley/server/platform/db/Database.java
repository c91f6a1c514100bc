package dev.parley.server.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The one database: a pool of connections and the ways to use them. Safe for use by many threads at once.
 *
 * <p>Each connection commits synchronously, whatever the server's default is, and plans its statements once: every hot
 * statement is driven by an index from its parameters, so a plan made for other values is as good. No transaction of it waits
 * for anything but the database: what a node that vanished had locked is free after 15 seconds, before others' statements time
 * out.
 */
public final class Database implements AutoCloseable {

    private static final int MOST_TRIES = 8;

    private final DatabaseOptions options;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final List<Hearer> hearers = new CopyOnWriteArrayList<>();
    private final Surroundings surroundings = new Surroundings();

    private record Hearer(CommitMark mark, Runnable listener) {}

    private Database(DatabaseOptions options, HikariDataSource pool) {
        this.options = options;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Opens the pool. Does not connect yet: the first use does, or {@link DatabaseChecks}. */
    public static Database open(DatabaseOptions options) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("parley");
        config.setJdbcUrl(options.jdbcUrl());
        config.setUsername(options.username());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolSize());
        config.setMinimumIdle(Math.min(4, options.poolSize()));
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("set synchronous_commit = on; set plan_cache_mode = force_generic_plan; "
                + "set statement_timeout = "
                + options.statementLimit().toMillis()
                + "; set idle_in_transaction_session_timeout = '15s'; set transaction_timeout = '90s'");
        config.setExceptionOverride(new ReplicaEviction());
        config.addDataSourceProperty("ApplicationName", "parley");
        config.addDataSourceProperty("prepareThreshold", "3");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("binaryTransferEnable", BinaryArray.TYPES);
        // The detail of an error quotes values; it must not even reach an exception's text.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "90");
        config.addDataSourceProperty("connectTimeout", "5");
        return new Database(options, new HikariDataSource(config));
    }

    /** The pool, for libraries that want one. */
    public DataSource dataSource() {
        return pool;
    }

    /** A connection of the caller's own, in auto-commit; the caller closes it. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /**
     * A new connection beside the pool, in auto-commit, for a session that is to last; the caller closes it.
     *
     * @param name by which the database shows it
     */
    public Connection direct(String name) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", options.username());
        properties.setProperty("password", options.password());
        properties.setProperty("ApplicationName", name);
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketTimeout", "15");
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(options.jdbcUrl(), properties);
    }

    /**
     * From now on the listener is run after each commit of a transaction with that mark, on the thread that committed; perhaps
     * also in vain, as when a commit fails. It must be quick and must not throw.
     */
    public void afterCommit(CommitMark mark, Runnable listener) {
        hearers.add(new Hearer(mark, listener));
    }

    /** The transaction on this connection has ended. */
    void ended(Connection connection, boolean committed) {
        Set<CommitMark> marks = CommitMark.take(connection);
        if (committed && !marks.isEmpty()) {
            hearers.stream()
                    .filter(hearer -> marks.contains(hearer.mark()))
                    .forEach(hearer -> hearer.listener().run());
        }
    }

    /**
     * Runs single statements, each its own transaction.
     *
     * @throws DatabaseException when one fails
     */
    public <T extends @Nullable Object> T call(SqlFunction<T> work) {
        Surrounding around = surroundings.current();
        if (around != null) {
            return Surroundings.on(around, work);
        }
        try (Connection connection = pool.getConnection()) {
            try {
                return work.apply(connection);
            } finally {
                ended(connection, true);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Runs one transaction, again when another was in its way: {@code work} must have no effect outside of it.
     *
     * @throws DatabaseException when it fails
     */
    public <T extends @Nullable Object> T transact(SqlFunction<T> work) {
        Surrounding around = surroundings.current();
        return around == null ? again(() -> transactOnce(work)) : Surroundings.on(around, work);
    }

    /**
     * Makes one transaction of everything that this thread does with {@link #call} and {@link #transact} meanwhile: all of it is
     * committed at the end, or nothing when it throws or is undone. Runs again, from the start, when another transaction was in
     * its way. Inside of another one it can be undone alone, and is committed with that one. What other threads do for this
     * one, such as a group writer, does not belong to it; neither does {@link #connection}.
     *
     * @param fixed whether all of it sees the database as it was at the beginning: then it runs again when a row that it is to
     *     change was changed meanwhile
     * @throws DatabaseException when a statement fails
     */
    public <T extends @Nullable Object> T surround(boolean fixed, SurroundedWork<T> work) throws Exception {
        Surrounding outer = surroundings.current();
        if (outer != null) {
            return surroundings.nested(outer, work);
        }
        for (int tries = 1; ; tries++) {
            try {
                return surroundOnce(fixed, work);
            } catch (SQLException e) {
                if (tries >= MOST_TRIES || SqlFailure.of(e) != SqlFailure.RETRY) {
                    throw new DatabaseException(e);
                }
            } catch (DatabaseException e) {
                if (tries >= MOST_TRIES || e.failure() != SqlFailure.RETRY) {
                    throw e;
                }
            }
            pause(tries);
        }
    }

    private <T extends @Nullable Object> T surroundOnce(boolean fixed, SurroundedWork<T> work) throws Exception {
        Surrounding around;
        T result;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            if (fixed) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            around = new Surrounding(connection, null);
            boolean committing = false;
            try {
                result = surroundings.inside(around, work);
                if (around.undone()) {
                    connection.rollback();
                } else {
                    committing = true;
                    connection.commit();
                }
            } catch (Exception | Error e) {
                rollBack(connection);
                throw e;
            } finally {
                ended(connection, committing);
            }
        }
        if (!around.undone()) {
            around.effects().forEach(Runnable::run);
        }
        return result;
    }

    /** Does something outside of the database once what this thread is inside of is committed; at once outside of any. */
    public void afterwards(Runnable effect) {
        Surrounding around = surroundings.current();
        if (around == null) {
            effect.run();
        } else {
            around.afterwards(effect);
        }
    }

    static <T extends @Nullable Object> T again(Transaction<T> transaction) {
        for (int tries = 1; ; tries++) {
            try {
                return transaction.run();
            } catch (SQLException e) {
                if (tries >= MOST_TRIES || SqlFailure.of(e) != SqlFailure.RETRY) {
                    throw new DatabaseException(e);
                }
                pause(tries);
            }
        }
    }

    /** As {@link #call}, with a Jdbi handle. */
    public <T extends @Nullable Object> T read(HandleFunction<T> work) {
        try {
            return unwrapped(() -> jdbi.withHandle(handle -> {
                try {
                    return work.apply(handle);
                } finally {
                    ended(handle.getConnection(), true);
                }
            }));
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** As {@link #transact}, with a Jdbi handle. */
    public <T extends @Nullable Object> T write(HandleFunction<T> work) {
        return again(() -> unwrapped(() -> jdbi.withHandle(handle -> {
            try {
                return handle.inTransaction(work::apply);
            } finally {
                ended(handle.getConnection(), true);
            }
        })));
    }

    private static <T extends @Nullable Object> T unwrapped(Supplier<T> work) throws SQLException {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private <T extends @Nullable Object> T transactOnce(SqlFunction<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            boolean committing = false;
            try {
                T result = work.apply(connection);
                committing = true;
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection);
                throw e;
            } finally {
                ended(connection, committing);
            }
        }
    }

    interface Transaction<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException expected) {
            // the connection is gone, and the transaction with it
        }
    }

    /** A connection that cannot be given back is broken; what was committed on it stays committed. */
    static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException expected) {
            // the pool has thrown it away
        }
    }

    private static void pause(int tries) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L * tries, 5_000_000L * tries));
    }

    @Override
    public void close() {
        pool.close();
    }
}
