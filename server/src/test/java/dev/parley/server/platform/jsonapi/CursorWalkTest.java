package dev.parley.server.platform.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class CursorWalkTest {

    private static final ResourceType TYPE = ResourceType.named("rows")
            .attributes(Attribute.text("name", 0, 100), Attribute.whole("size", 0, 100), Attribute.time("createdAt"))
            .nullableSort("name", "r.name")
            .nullableSort("size", "r.size")
            .sort("createdAt", "r.created_at")
            .idColumn("r.id")
            .build();

    private static final ListSql SQL = new ListSql(TYPE, "r.id", "rows r", "r.mine = ?", List.of(true));

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void prepare() throws SQLException {
        database = TestPostgres.create();
        connection = database.connect();
        execute("create table rows (mine boolean, id uuid default gen_random_uuid(), name text, size int,"
                + " created_at timestamptz)");
        insert(1000);
    }

    private void insert(int rows) throws SQLException {
        execute("insert into rows select true, gen_random_uuid(),"
                + " case when i % 5 > 0 then (array['Anna', 'anna', 'Émile', 'zoë', ''])[1 + i % 7 % 5] end,"
                + " case when i % 3 > 0 then i % 11 end,"
                + " timestamptz '2024-01-01' + interval '1.000001 second' * (i / 20) from generate_series(1, " + rows
                + ") i");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        database.close();
    }

    private static List<ListQuery.Order> order(String sort) {
        List<ListQuery.Order> order = new ArrayList<>();
        for (String part : sort.split(",")) {
            String field = part.replace("-", "");
            order.add(new ListQuery.Order(field, TYPE.sorts().get(field), part.startsWith("-")));
        }
        return order;
    }

    private Page page(ListQuery query) throws SQLException {
        return Listing.page(
                connection,
                SQL,
                query,
                row -> new Resource(row.getObject(1, UUID.class), Json.MAPPER.createObjectNode(), null));
    }

    private Page page(List<ListQuery.Order> order, boolean backwards, String cursor) throws SQLException {
        List<Object> place = cursor.isEmpty() ? List.of() : Cursors.read(TYPE, order, cursor);
        assertThat(place).isNotNull();
        return page(new ListQuery(List.of(), order, 1, 7, new Seek(backwards, cursor, place)));
    }

    private static List<UUID> ids(Page page) {
        return page.resources().stream().map(Resource::id).toList();
    }

    private List<UUID> walk(String sort, boolean backwards, boolean inserting) throws SQLException {
        List<ListQuery.Order> order = order(sort);
        List<UUID> walked = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Page page = page(order, backwards, cursor);
            List<UUID> ids = new ArrayList<>(ids(page));
            if (backwards) {
                Collections.reverse(ids);
            }
            walked.addAll(ids);
            assertThat(backwards ? page.edges().after() == null : page.edges().before() == null)
                    .isEqualTo(cursor.isEmpty());
            cursor = backwards ? page.edges().before() : page.edges().after();
            if (inserting && walked.size() < 800) {
                insert(5);
            }
        }
        if (backwards) {
            Collections.reverse(walked);
        }
        return walked;
    }

    private List<UUID> numbered(String sort) throws SQLException {
        return ids(page(new ListQuery(List.of(), order(sort), 1, 5000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "createdAt",
                "-createdAt",
                "name",
                "-name",
                "size",
                "-size",
                "name,-size",
                "-name,size",
                "-name,-size",
                "name,size,createdAt",
                "-size,name,-createdAt"
            })
    void walksExactlyTheRowsOfTheNumberedList(String sort) throws SQLException {
        List<UUID> numbered = numbered(sort);
        assertThat(numbered).hasSize(1000);
        assertThat(walk(sort, false, false)).isEqualTo(numbered);
        assertThat(walk(sort, true, false)).isEqualTo(numbered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-createdAt", "name", "-size,name"})
    void neitherSkipsNorRepeatsWhileRowsAreInserted(String sort) throws SQLException {
        for (boolean backwards : List.of(false, true)) {
            List<UUID> before = numbered(sort);
            List<UUID> walked = walk(sort, backwards, true);
            assertThat(walked).doesNotHaveDuplicates().containsAll(before);
            assertThat(walked.stream().filter(before::contains)).containsExactlyElementsOf(before);
        }
    }

    @Test
    void refusesTheCursorOfAnotherSortAndADamagedOne() throws SQLException {
        String cursor = page(order("-createdAt"), false, "").edges().after();
        assertThat(Cursors.read(TYPE, order("-createdAt"), cursor)).hasSize(2);
        assertThat(Cursors.read(TYPE, order("createdAt"), cursor)).isNull();
        assertThat(Cursors.read(TYPE, order("name"), cursor)).isNull();
        for (int i = 0; i < cursor.length(); i++) {
            assertThat(Cursors.read(TYPE, order("-createdAt"), cursor.substring(0, i)))
                    .isNull();
        }
        assertThat(Cursors.read(TYPE, order("-createdAt"), "x".repeat(9000))).isNull();
    }

    @Test
    void readsTheDefaultAndAThreadsMessagesFromTheirIndexWithoutSorting() throws SQLException {
        execute("create table messages (organization_id uuid, id uuid, thread_id uuid, created_at timestamptz)");
        execute("create index messages_newest on messages (organization_id, created_at desc, id desc)");
        execute("create index messages_thread on messages (organization_id, thread_id, created_at desc, id desc)");
        execute("insert into messages select uuid_nil, gen_random_uuid(), case when i % 20 = 0 then uuid_nil else"
                + " gen_random_uuid() end, timestamptz '2024-01-01' - interval '1 second' * i from generate_series(1, 20000) i,"
                + " (values ('00000000-0000-0000-0000-000000000000'::uuid)) n (uuid_nil)");
        execute("analyze messages");
        assertThat(plan(List.of())).contains("messages_newest").doesNotContain("Sort", "Filter", "Seq");
        Filter thread = Filter.id("messageThreadId", "m.thread_id");
        ListQuery.Criterion one = new ListQuery.Criterion(thread, Operator.EQ, List.of(new UUID(0, 0)));
        assertThat(plan(List.of(one))).contains("messages_thread").doesNotContain("Sort", "Filter", "Seq");
    }

    private String plan(List<ListQuery.Criterion> criteria) throws SQLException {
        ResourceType type = ResourceType.named("messages")
                .sort("createdAt", "m.created_at")
                .idColumn("m.id")
                .build();
        ListSql sql = new ListSql(type, "m.id", "messages m", "m.organization_id = ?", List.of(new UUID(0, 0)));
        List<ListQuery.Order> order = List.of(new ListQuery.Order("createdAt", "m.created_at", true));
        List<Object> place = List.of(NOW.minusSeconds(10_000), new UUID(0, 7));
        ListSql.Sql page = sql.page(new ListQuery(criteria, order, 1, 25, new Seek(false, "x", place)));
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = Listing.prepare(
                        connection, new ListSql.Sql("explain (costs off) " + page.text(), page.binds()));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                plan.append(Objects.requireNonNull(rows.getString(1))).append('\n');
            }
        }
        return plan.toString();
    }
}
