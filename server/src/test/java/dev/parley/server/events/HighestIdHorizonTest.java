package dev.parley.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.events.EventFixture.Seen;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.Migrations;
import dev.parley.testkit.postgres.DurablePostgres;
import dev.parley.testkit.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction whose id is beyond every completed one. Ids are of the whole server, and other tests' transactions would
 * complete beyond it: so on a server of its own, whose autovacuum is off as it takes ids too.
 */
class HighestIdHorizonTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void isWaitedForAlsoWithTheLowestPosition(@TempDir Path folder) throws Exception {
        try (DurablePostgres postgres = new DurablePostgres(folder);
                EventFixture events = new EventFixture(migrated(postgres))) {
            UUID early = UUID.randomUUID();
            UUID late = UUID.randomUUID();
            try (Connection lowId = events.begin();
                    Connection highId = events.begin()) {
                long low = ownId(lowId);
                events.change(highId, early, 1);
                long high = ownId(highId);
                events.change(lowId, late, 2);
                lowId.commit();

                assertThat(high).isGreaterThan(low);
                assertThat(Long.parseLong(events.query("select pg_snapshot_xmax(pg_current_snapshot())::text")
                                .getFirst()))
                        .as("one past the highest completed id, which does not cover the open one")
                        .isLessThanOrEqualTo(high);
                assertThat(events.all()).extracting(Seen::resource).containsExactly(late);
                assertThat(Horizon.find(events.database, SHORT)).isEqualTo(-1);
                highId.commit();
            }

            long horizon = Horizon.find(events.database, LONG);
            assertThat(events.read(0, horizon)).extracting(Seen::resource).containsExactly(early, late);
        }
    }

    private static TestDatabase migrated(DurablePostgres postgres) throws SQLException {
        TestDatabase own = postgres.database();
        try (Connection connection = own.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set autovacuum = off");
            statement.execute("select pg_reload_conf()");
        }
        try (Database migrating = Schema.open(own)) {
            Migrations.run(migrating);
        }
        return own;
    }

    private static long ownId(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select pg_current_xact_id()::text::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }
}
