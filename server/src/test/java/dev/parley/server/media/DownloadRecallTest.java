package dev.parley.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.testkit.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class DownloadRecallTest {

    @Test
    void aFileWaitsTenMinutesAtMostAndWhoHasOneUnderWayKeepsIt() {
        try (TestDatabase test = Schema.create();
                Database database = Schema.open(test)) {
            database.call(connection -> wanted(connection, "1 hour"));
            database.call(connection -> wanted(connection, "5 minutes"));
            new DownloadRecall().recall(database);
            assertThat(database.call(DownloadRecallTest::minutes)).isEqualTo("10,5");
        }
    }

    private static boolean wanted(Connection connection, String in) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(
                    "insert into media_downloads (organization_id, message_id, account_id, provider_id,"
                            + " due_at, give_up_at) values (uuidv7(), uuidv7(), uuidv7(), '" + in + "',"
                            + " parley_now() + interval '" + in + "', parley_now() + interval '1 day')");
        }
    }

    private static String minutes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select string_agg(round(extract(epoch from due_at - parley_now())"
                                + " / 60)::text, ',' order by provider_id) from media_downloads")) {
            row.next();
            return row.getString(1);
        }
    }
}
