package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.Migrations;
import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What messages had as metadata before each entry was a row of its own. */
class MetadataUpgradeTest {

    private static final TestPostgres.Template BEFORE = TestPostgres.template("before_metadata", test -> {
        try (Database database = Schema.open(test)) {
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("classpath:db/migration")
                    .target("20261202.2")
                    .load()
                    .migrate();
        }
    });

    @Test
    void isFoundAfterTheUpgrade() throws Exception {
        try (TestDatabase test = BEFORE.create();
                Database database = Schema.open(test);
                Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into messages (organization_id, id, thread_id, origin, metadata, delivery_status, phase, created_at, updated_at)
                    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'outbound', metadata, 'sent', 'done', now(), now()
                    from (values ('{"orderId": "4711", "source": "ats"}'::jsonb), ('{}'), (null)) m (metadata)
                    """);

            Migrations.run(database);

            assertThat(count(statement, "message_metadata")).isEqualTo(2);
            assertThat(count(statement, """
                    message_metadata e join messages m on (m.organization_id, m.id, m.created_at)
                        = (e.organization_id, e.message_id, e.created_at)
                    where e.entry in (metadata_entry('orderId', '4711'), metadata_entry('source', 'ats'))""")).isEqualTo(2);
        }
    }

    private static int count(Statement statement, String from) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getInt(1);
        }
    }
}
