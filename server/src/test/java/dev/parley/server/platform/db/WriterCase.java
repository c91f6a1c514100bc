package dev.parley.server.platform.db;

import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A group writer that inserts words into a table; a word's outcome is the word in capitals. */
@NullUnmarked
abstract class WriterCase {

    static final UUID A = new UUID(1, 1);
    static final UUID B = new UUID(2, 2);
    static final UUID C = new UUID(3, 3);

    /** Sizes of the groups that the statement was run for, and their words. */
    final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());

    final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    TestDatabase made;
    Database database;

    @BeforeEach
    void open() throws SQLException {
        made = TestPostgres.create();
        database = pool(made.jdbcUrl(), 4);
        execute("create table words (word text not null check (word <> 'poison'))");
    }

    @AfterEach
    void close() {
        callers.close();
        database.close();
        made.close();
    }

    Database pool(String url, int size) {
        return Database.open(
                new DatabaseOptions(url, made.username(), made.password(), size, true, Duration.ofSeconds(20)));
    }

    static GroupLimits limits(int rows, int own, int all, Duration patience) {
        return new GroupLimits(rows, 1000, own, all, patience);
    }

    GroupWriter<String, String> writer(Database on, GroupLimits limits) {
        return writer(on, limits, this::insert);
    }

    static GroupWriter<String, String> writer(
            Database on, GroupLimits limits, GroupStatement<String, String> statement) {
        return new GroupWriter<>(
                "test-writer", on, limits, word -> word.startsWith("once") ? List.of(word) : List.of(), statement);
    }

    Group<String> insert(Connection connection, List<String> words) throws SQLException {
        groups.add(List.copyOf(words));
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into words select unnest(?::text[]) returning upper(word), " + TransactionId.SQL)) {
            statement.setArray(1, connection.createArrayOf("text", words.toArray()));
            List<String> outcomes = new ArrayList<>();
            String transaction = null;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    outcomes.add(row.getString(1));
                    transaction = row.getString(2);
                }
            }
            return new Group<>(transaction, outcomes);
        }
    }

    Future<Written<String>> later(GroupWriter<String, String> writer, UUID organization, String word) {
        return callers.submit(() -> writer.write(organization, 10, word));
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = made.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> words() throws SQLException {
        List<String> words = new ArrayList<>();
        try (Connection connection = made.connect();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select word from words order by 1")) {
            while (row.next()) {
                words.add(row.getString(1));
            }
        }
        return words;
    }

    boolean holds(String condition) throws SQLException {
        try (Connection connection = made.connect();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select " + condition)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Whoever inserts waits until the connection that this gives is closed. */
    Connection blocked() throws SQLException {
        Connection connection = made.connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table words in exclusive mode");
        return connection;
    }

    boolean waiting() throws SQLException {
        return holds("exists (select from pg_locks where not granted)");
    }
}
