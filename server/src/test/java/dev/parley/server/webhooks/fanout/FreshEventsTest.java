package dev.parley.server.webhooks.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.events.ReaderStore;
import dev.parley.server.webhooks.WebhookWorld;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading the newest events of many organizations costs what they are, not what came before them. */
class FreshEventsTest {

    private static final int EVENTS = 20_000;
    private static final int ORGANIZATIONS = 300;
    private static final int NEWEST = 100;

    /** Of the log and its indexes; the newest events lie on ten or so, all of them on some thousand. */
    private static final String PAGES = """
            select sum(pg_stat_get_xact_blocks_fetched(c.oid)) from pg_class c
            where c.oid in (select inhrelid from pg_inherits where inhparent = 'events'::regclass)
            or c.oid in (select i.indexrelid from pg_index i
                join pg_inherits p on p.inhrelid = i.indrelid where p.inhparent = 'events'::regclass)
            """;

    private final WebhookWorld world = new WebhookWorld();

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void theNewestAreReadAlone() {
        world.webhook(world.endpoint("/hook"));
        world.events.run("""
                insert into events (organization_id, position, event, resource_type, resource_id, fields, state, created_at)
                select md5((i %% %d)::text)::uuid, i, 'update', 'candidates', uuidv7(), array['email'], repeat('x', 400), now()
                from generate_series(1, %d) i
                """.formatted(ORGANIZATIONS, EVENTS));

        assertThat(pages()).isLessThan(NEWEST);
    }

    /** What the second look fetches; the first one reads the catalog too. */
    private long pages() {
        return world.events.database.transact(connection -> {
            look(connection);
            long before = fetched(connection);
            look(connection);
            return fetched(connection) - before;
        });
    }

    private static void look(Connection connection) throws SQLException {
        ReaderStore.readByRange(connection);
        long first = ReaderStore.nextEvent(connection, EVENTS - NEWEST, EVENTS, FanOut.WINDOW);
        FanOutStore.insert(connection, first - 1, EVENTS);
        ReaderStore.readAsUsual(connection);
    }

    private static long fetched(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PAGES)) {
            row.next();
            return row.getLong(1);
        }
    }
}
