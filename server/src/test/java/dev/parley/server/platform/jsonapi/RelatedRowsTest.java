package dev.parley.server.platform.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.json.Json;
import dev.parley.testkit.postgres.TestDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements behind {@code include}, on the table that they are heaviest on. */
@NullUnmarked
class RelatedRowsTest {

    private static final UUID ORGANIZATION = UUID.fromString("0197a000-0000-7000-8000-000000000001");
    private static final Filter THREAD = Filter.id("messageThreadId", "m.thread_id");
    private static final ResourceType MESSAGES = ResourceType.named("messages")
            .filters(THREAD)
            .sort("createdAt", "m.created_at")
            .idColumn("m.id")
            .build();
    private static final ListSql SQL = new ListSql(
            MESSAGES,
            "m.id, m.thread_id, m.created_at",
            "messages m",
            "m.organization_id = ? and m.deleted_at is null",
            List.of(ORGANIZATION));

    private TestDatabase test;
    private Database database;

    @BeforeEach
    void fill() throws SQLException {
        test = Schema.create();
        database = Schema.open(test);
        run("""
                insert into messages (organization_id, id, thread_id, origin, delivery_status, phase, created_at, updated_at,
                    deleted_at)
                select ('0197a000-0000-7000-8000-00000000000' || (1 + i % 2))::uuid,
                    ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid,
                    ('00000000-0000-0000-0001-' || lpad((i / 2 % 20)::text, 12, '0'))::uuid,
                    'outbound', 'sent', 'done', timestamptz '2024-01-01T00:00:00Z' + (i / 100) * interval '1 minute', now(),
                    case when i % 3000 = 0 then now() end
                from (select i::int from generate_series(0, 39999) i) n
                """);
        run("analyze messages");
    }

    @AfterEach
    void drop() {
        database.close();
        test.close();
    }

    private void run(String sql) throws SQLException {
        database.call(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private static UUID thread(int number) {
        return new UUID(0, 0x0001_0000_0000_0000L + Long.parseLong(Integer.toString(number), 16));
    }

    private static Resource row(ResultSet row) throws SQLException {
        return new Resource(row.getObject(1, UUID.class), Json.MAPPER.createObjectNode(), null);
    }

    private List<UUID> listed(UUID thread, int most) {
        ListQuery.Criterion only = new ListQuery.Criterion(THREAD, Operator.EQ, List.of(thread));
        ListQuery.Order newest = new ListQuery.Order("createdAt", "m.created_at", true);
        ListQuery query = new ListQuery(List.of(only), List.of(newest), 1, most);
        return database
                .call(connection -> Listing.page(connection, SQL, query, RelatedRowsTest::row))
                .resources()
                .stream()
                .map(Resource::id)
                .toList();
    }

    @Test
    void findsTheNewestOfEachInTheOrderOfTheList() {
        List<UUID> threads = List.of(thread(7), thread(0), thread(99), thread(13));
        Map<UUID, List<Resource>> found = database.call(
                connection -> RelatedRows.newest(connection, SQL, THREAD, threads, 40, RelatedRowsTest::row));
        assertThat(found).containsOnlyKeys(thread(7), thread(0), thread(13));
        found.forEach((thread, rows) ->
                assertThat(rows).hasSize(40).extracting(Resource::id).isEqualTo(listed(thread, 40)));
    }

    @Test
    void findsThoseOfTheOrganizationByTheirIds() {
        UUID own = listed(thread(3), 1).getFirst();
        UUID deleted = new UUID(0, 0);
        UUID foreign = new UUID(0, 1);
        Map<UUID, Resource> found = database.call(connection -> RelatedRows.byIds(
                connection, SQL, "m.id", List.of(own, deleted, foreign, UUID.randomUUID()), RelatedRowsTest::row));
        assertThat(found).containsOnlyKeys(own);
        assertThat(found.get(own).id()).isEqualTo(own);
    }

    @Test
    void readsNoMoreRowsThanItShows() {
        List<UUID> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(thread(i));
        }
        String newest = plan(SQL.newest(THREAD, threads, 10));
        assertThat(newest).contains("messages_thread").doesNotContain("Seq Scan");
        // 20 threads of 1,000 messages: 10 of each are read, not all
        assertThat(most(newest)).isLessThanOrEqualTo(20 * 10);
        String byIds = plan(SQL.byIds("m.id", listed(thread(3), 1)));
        assertThat(byIds).contains("messages_pk").doesNotContain("Seq Scan");
    }

    private String plan(ListSql.Sql sql) {
        return database.call(connection -> {
            ListSql.Sql explained =
                    new ListSql.Sql("explain (analyze, costs off, timing off) " + sql.text(), sql.binds());
            StringBuilder plan = new StringBuilder();
            try (PreparedStatement statement = Listing.prepare(connection, explained);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        });
    }

    /** The most rows that a step of the plan gave, over all its loops. */
    private static long most(String plan) {
        return Pattern.compile("actual rows=(\\d+)\\.?\\d* loops=(\\d+)")
                .matcher(plan)
                .results()
                .mapToLong(step -> Long.parseLong(step.group(1)) * Long.parseLong(step.group(2)))
                .max()
                .orElseThrow();
    }
}
