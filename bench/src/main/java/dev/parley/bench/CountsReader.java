package dev.parley.bench;

import dev.parley.postgres.ConnectionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Reads what the database counts by itself. */
final class CountsReader {

    private static final String NUMBERS = """
            select 'commits', xact_commit::float8 from pg_stat_database where datname = current_database()
            union all select 'WAL bytes', wal_bytes::float8 from pg_stat_wal
            union all select 'WAL records', wal_records::float8 from pg_stat_wal
            union all select 'flushes', coalesce(sum(fsyncs), 0)::float8 from pg_stat_io where object = 'wal'
            union all
            select 'rows of ' || relname || ' ' || kind, n::float8 from (
                select case when relname like 'events_p%' then 'events' else relname end as relname, kind, sum(n) as n
                from pg_stat_user_tables cross join lateral (values
                    ('inserted', n_tup_ins), ('updated', n_tup_upd), ('of these in place', n_tup_hot_upd),
                    ('deleted', n_tup_del)) v (kind, n)
                where relname in ('messages', 'thread_dispatch', 'attempts', 'callback_updates', 'account_dispatch')
                   or relname like 'events_p%'
                group by 1, 2) t
            """;
    private static final String STATEMENTS = """
            select left(regexp_replace(query, '\\s+', ' ', 'g'), 110), sum(calls), sum(rows), sum(total_exec_time + total_plan_time)
            from pg_stat_statements where query not like '%pg_stat_%' group by 1
            """;
    /** Backends tell what they counted once a second at most. */
    private static final Duration TOLD = Duration.ofMillis(1500);

    private CountsReader() {}

    static Counts read(Connection connection, boolean statements) throws SQLException {
        LockSupport.parkNanos(TOLD.toNanos());
        Map<String, Double> numbers = new LinkedHashMap<>();
        Map<String, Counts.Called> calls = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(NUMBERS)) {
                while (row.next()) {
                    numbers.put(row.getString(1), row.getDouble(2));
                }
            }
            if (statements) {
                try (ResultSet row = statement.executeQuery(STATEMENTS)) {
                    while (row.next()) {
                        calls.put(
                                row.getString(1),
                                new Counts.Called(row.getDouble(2), row.getDouble(3), row.getDouble(4)));
                    }
                }
            }
        }
        return new Counts(numbers, calls);
    }

    /** Restarts the database so that it counts statements; the server's supervisor starts it again. */
    static void countStatements(Path data) throws SQLException, IOException, InterruptedException {
        ConnectionFile file = ConnectionFile.read(data.resolve("postgres")).orElseThrow();
        long postmaster;
        try (Connection connection = DriverManager.getConnection(file.jdbcUrl(), file.username(), file.password());
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
            statement.execute("alter system set pg_stat_statements.track_planning = on");
            try (ResultSet row =
                    statement.executeQuery("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::bigint")) {
                row.next();
                postmaster = row.getLong(1);
            }
        }
        new ProcessBuilder("kill", "-INT", Long.toString(postmaster)).start().waitFor();
        for (int tries = 1; ; tries++) {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            try (Connection connection = DriverManager.getConnection(file.jdbcUrl(), file.username(), file.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("create extension if not exists pg_stat_statements");
                return;
            } catch (SQLException e) {
                if (tries > 60) {
                    throw e;
                }
            }
        }
    }
}
