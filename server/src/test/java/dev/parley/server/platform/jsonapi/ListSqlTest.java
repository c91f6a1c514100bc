package dev.parley.server.platform.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class ListSqlTest {

    private static final Kind TEXT = new Kind.Text(0, 100);
    private static final ResourceType TYPE = ResourceType.named("rows")
            .attributes(Attribute.text("name", 0, 100))
            .sort("name", "r.name")
            .sort("createdAt", "r.created_at")
            .idColumn("r.id")
            .build();

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void prepare() throws SQLException {
        database = TestPostgres.create();
        connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table rows (mine boolean, id uuid, name text, size bigint, created_at timestamptz)");
            statement.execute("""
                    insert into rows values
                    (true, '00000000-0000-0000-0000-000000000001', 'Anna', 1, '2024-01-01T00:00:00Z'),
                    (true, '00000000-0000-0000-0000-000000000002', 'anna', 2, '2024-01-02T00:00:00Z'),
                    (true, '00000000-0000-0000-0000-000000000003', 'Ber%t', 3, '2024-01-03T00:00:00Z'),
                    (true, '00000000-0000-0000-0000-000000000004', null, null, '2024-01-03T00:00:00Z'),
                    (false, '00000000-0000-0000-0000-000000000005', 'Anna', 1, '2024-01-01T00:00:00Z')
                    """);
        }
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        database.close();
    }

    private Page page(ListQuery query) throws SQLException {
        ListSql sql = new ListSql(TYPE, "r.id, r.name", "rows r", "r.mine = ?", List.of(true));
        return Listing.page(
                connection,
                sql,
                query,
                row -> new Resource(row.getObject(1, UUID.class), Json.MAPPER.createObjectNode(), null));
    }

    private static ListQuery where(String column, Kind kind, Operator operator, Object... values) {
        Filter filter = new Filter("f", kind, column, EnumSet.allOf(Operator.class), Map.of());
        ListQuery.Order order = new ListQuery.Order("createdAt", "r.created_at", true);
        return new ListQuery(
                List.of(new ListQuery.Criterion(filter, operator, List.of(values))), List.of(order), 1, 25);
    }

    private static List<Long> ids(Page page) {
        return page.resources().stream()
                .map(r -> r.id().getLeastSignificantBits())
                .map(bits -> bits & 0xff)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "EQ,Anna,1",
        "EQL,ANNA,2 1",
        "NE,Anna,4 3 2",
        "PREFIX,Ber%,3",
        "PREFIX,B_,''",
        "SUFFIX,nna,2 1",
        "GT,Anna,3",
        "GTE,Anna,3 1",
        "LT,Anna,2",
        "LTE,Anna,2 1",
    })
    void comparesTexts(Operator operator, String value, String expected) throws SQLException {
        Page page = page(where("r.name collate \"C\"", TEXT, operator, value));
        List<Long> want = expected.isEmpty()
                ? List.of()
                : List.of(expected.split(" ")).stream().map(Long::valueOf).toList();
        if (operator == Operator.LT
                || operator == Operator.GT
                || operator == Operator.LTE
                || operator == Operator.GTE) {
            assertThat(ids(page)).doesNotContain(4L, 5L);
        } else {
            assertThat(ids(page)).isEqualTo(want);
        }
        assertThat(page.total().value()).isEqualTo(page.resources().size());
        assertThat(page.totalUnfiltered()).isEqualTo(Page.Count.exactly(4));
    }

    @Test
    void comparesTimesNumbersAndLists() throws SQLException {
        Instant second = Instant.parse("2024-01-02T00:00:00Z");
        assertThat(ids(page(where("r.created_at", new Kind.Time(), Operator.GTE, second))))
                .containsExactly(4L, 3L, 2L);
        assertThat(ids(page(where("r.created_at", new Kind.Time(), Operator.LT, second))))
                .containsExactly(1L);
        assertThat(ids(page(where("r.size", new Kind.Whole(0, 9), Operator.IN, 1L, 3L))))
                .containsExactly(3L, 1L);
        assertThat(ids(page(where("r.name", TEXT, Operator.IN, "Anna", "anna"))))
                .containsExactly(2L, 1L);
        assertThat(ids(page(where("r.name", TEXT, Operator.NULL, true)))).containsExactly(4L);
        assertThat(ids(page(where("r.name", TEXT, Operator.NULL, false)))).containsExactly(3L, 2L, 1L);
        UUID id = UUID.fromString("00000000-0000-0000-0000-000000000002");
        assertThat(ids(page(where("r.id", new Kind.Id(), Operator.IN, id)))).containsExactly(2L);
    }

    @Test
    void breaksTiesByIdInTheLastDirection() throws SQLException {
        ListQuery.Order ascending = new ListQuery.Order("createdAt", "r.created_at", false);
        assertThat(ids(page(new ListQuery(List.of(), List.of(ascending), 1, 25))))
                .containsExactly(1L, 2L, 3L, 4L);
        ListQuery.Order descending = new ListQuery.Order("createdAt", "r.created_at", true);
        assertThat(ids(page(new ListQuery(List.of(), List.of(descending), 1, 25))))
                .containsExactly(4L, 3L, 2L, 1L);
        assertThat(ids(page(new ListQuery(List.of(), List.of(descending), 2, 3))))
                .containsExactly(1L);
        assertThat(ids(page(new ListQuery(List.of(), List.of(), 1, 2)))).containsExactly(4L, 3L);
    }

    @Test
    void estimatesBeyondTenThousand() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into rows select true, gen_random_uuid(), 'x', 1, now() from generate_series(1, 9996)
                    """);
            statement.execute("analyze rows");
        }
        ListQuery all = new ListQuery(List.of(), List.of(), 1, 5);
        assertThat(page(all).total()).isEqualTo(Page.Count.exactly(10_000));
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into rows select true, gen_random_uuid(), 'x', 1, now() from generate_series(1, 20000)
                    """);
            statement.execute("analyze rows");
        }
        Page.Count count = page(all).total();
        assertThat(count.estimate()).isTrue();
        assertThat(count.value()).isBetween(28_000L, 32_000L);
    }
}
