package dev.parley.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.postgres.TrafficCounter.Traffic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TrafficCounterTest {

    @Test
    void countsRoundTripsAndStatements() throws SQLException {
        try (TestDatabase database = TestPostgres.create();
                TrafficCounter counter = new TrafficCounter(database);
                Connection connection = counter.counted().connect()) {
            Traffic before = counter.counts();
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
            assertThat(counter.counts().since(before)).isEqualTo(new Traffic(1, 1));

            before = counter.counts();
            try (PreparedStatement batch = connection.prepareStatement("select ?::int, repeat('x', 100000)")) {
                batch.setInt(1, 1);
                batch.execute();
            }
            try (Statement two = connection.createStatement()) {
                two.execute("select 1; select 2");
            }
            assertThat(counter.counts().since(before)).isEqualTo(new Traffic(2, 3));

            connection.setAutoCommit(false);
            before = counter.counts();
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
                statement.execute("select '" + "y".repeat(50_000) + "'");
            }
            connection.commit();
            assertThat(counter.counts().since(before))
                    .as("BEGIN goes along with the first, COMMIT alone")
                    .isEqualTo(new Traffic(3, 4));
        }
    }
}
