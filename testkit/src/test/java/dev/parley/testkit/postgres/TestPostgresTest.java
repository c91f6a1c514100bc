package dev.parley.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

    @Test
    void eachDatabaseIsACopyOfItsOwn() throws Exception {
        TestPostgres.Template template = TestPostgres.template("copies", TestPostgresTest::fill);
        try (TestDatabase one = template.create();
                TestDatabase other = template.create()) {
            execute(one, "insert into t values (2)");
            assertThat(query(one, "select count(*) from t")).isEqualTo("2");
            assertThat(query(other, "select count(*) from t")).isEqualTo("1");
        }
    }

    @Test
    void templateIsPreparedOnce() {
        AtomicInteger prepared = new AtomicInteger();
        TestPostgres.template("once", database -> prepared.incrementAndGet());
        TestPostgres.template("once", database -> prepared.incrementAndGet());
        assertThat(prepared).hasValue(1);
    }

    @Test
    void templateThatFailsToBePreparedCanBeTriedAgain() throws Exception {
        assertThatThrownBy(() -> TestPostgres.template("broken", database -> {
                    throw new IllegalStateException("migration");
                }))
                .hasMessage("migration");
        TestPostgres.Template template = TestPostgres.template("broken", TestPostgresTest::fill);
        try (TestDatabase database = template.create()) {
            assertThat(query(database, "select count(*) from t")).isEqualTo("1");
        }
    }

    @Test
    void closedDatabaseIsGoneEvenWithSessionsLeft() throws Exception {
        TestDatabase database = TestPostgres.create();
        try (Connection left = database.connect()) {
            database.close();
            assertThat(left.isValid(5)).isFalse();
        }
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class).hasMessageContaining("does not exist");
    }

    @Test
    void sessionsAreNotInUtc() throws Exception {
        try (TestDatabase database = TestPostgres.create()) {
            assertThat(query(database, "select current_setting('TimeZone')")).isEqualTo(TestPostgres.TIME_ZONE);
            assertThat(query(database, "select to_char(timestamptz '2026-01-01T00:00:00Z', 'HH24:MI')"))
                    .isEqualTo("05:45");
        }
    }

    private static void fill(TestDatabase database) {
        try {
            execute(database, "create table t (i int)");
            execute(database, "insert into t values (1)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
