package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every declared filter with every operator, and every sort, of every list: each answers what filtering and sorting the whole
 * list in Java gives. What is not declared is refused by its name.
 */
@NullUnmarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterMatrixTest {

    private static final String ALL = ListWorld.parameter("page[size]", "100");

    private ListWorld world;
    private final Map<String, List<JsonNode>> lists = new LinkedHashMap<>();

    @BeforeAll
    void start(@TempDir Path folder) throws SQLException {
        world = new ListWorld(folder.resolve("data"), Map.of());
        FilterRows.fill(world);
        world.types().forEach(type -> lists.put(type.path(), data(world.listed(type, ALL))));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static List<JsonNode> data(JsonNode answer) {
        List<JsonNode> data = new ArrayList<>();
        answer.get("data").forEach(data::add);
        return data;
    }

    private Stream<DynamicTest> each(TypeCheck check) {
        return world.types().stream()
                .map(type -> DynamicTest.dynamicTest(type.path(), () -> check.check(type, lists.get(type.path()))));
    }

    private interface TypeCheck {
        void check(ResourceType type, List<JsonNode> whole);
    }

    @TestFactory
    Stream<DynamicTest> filtersAsJavaDoes() {
        return each((type, whole) -> {
            assertThat(whole).as("rows to filter").hasSizeGreaterThanOrEqualTo(4);
            for (Filter filter : type.filters().values()) {
                // What it is linked with stands elsewhere than in its attributes; words and entries have tests of their
                // own.
                if (filter.column().contains(Filter.VALUE)
                        || filter.kind() instanceof Kind.Special
                        || filter.kind() instanceof Kind.Strings) {
                    continue;
                }
                for (Operator operator : filter.operators()) {
                    for (String value : FilterValues.of(filter, operator, whole)) {
                        filter(type, whole, filter, operator, value);
                    }
                }
            }
        });
    }

    private void filter(ResourceType type, List<JsonNode> whole, Filter filter, Operator operator, String value) {
        String query = ListWorld.parameter("filter[" + filter.field() + "][" + operator.text() + "]", value);
        JsonNode answer = world.listed(type, query + "&" + ALL);
        List<String> expected = whole.stream()
                .filter(one -> FilterValues.matches(filter, operator, value, FilterValues.value(filter, one)))
                .map(one -> one.get("id").stringValue())
                .toList();
        String what = type.path() + " " + filter.field() + " " + operator + " " + value;
        assertThat(data(answer))
                .as(what)
                .extracting(one -> one.get("id").stringValue())
                .isEqualTo(expected);
        assertThat(answer.at("/meta/total").intValue()).as(what).isEqualTo(expected.size());
        assertThat(answer.at("/meta/totalUnfiltered").intValue()).as(what).isEqualTo(whole.size());
    }

    @TestFactory
    Stream<DynamicTest> sortsAsJavaDoes() {
        return each((type, whole) -> {
            for (String field : type.sorts().keySet()) {
                Comparator<JsonNode> up = Comparator.comparing(
                                (JsonNode one) -> FilterValues.sortable(one.at("/attributes/" + field)),
                                Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(one -> one.get("id").stringValue());
                List<JsonNode> sorted = whole.stream().sorted(up).toList();
                assertThat(ids(data(world.listed(type, "sort=" + field + "&" + ALL))))
                        .as(field)
                        .isEqualTo(ids(sorted));
                assertThat(ids(walked(type, "sort=-" + field))).as("-" + field).isEqualTo(ids(sorted.reversed()));
            }
        });
    }

    /** The whole list by cursor, two at a time. */
    private List<JsonNode> walked(ResourceType type, String query) {
        List<JsonNode> all = new ArrayList<>();
        String next =
                query + "&" + ListWorld.parameter("page[size]", "2") + "&" + ListWorld.parameter("page[after]", "");
        while (next != null) {
            JsonNode page = world.listed(type, next);
            all.addAll(data(page));
            String link = page.at("/links/next").asString(null);
            next = link == null || link.isEmpty() ? null : link.substring(link.indexOf('?') + 1);
        }
        return all;
    }

    private static List<String> ids(List<JsonNode> data) {
        return data.stream().map(one -> one.get("id").stringValue()).toList();
    }

    @TestFactory
    Stream<DynamicTest> refusesByNameWhatIsNotDeclared() {
        return each((type, whole) -> {
            String misspelt = type.filters().keySet().iterator().next() + "x";
            refused(type, "filter[" + misspelt + "]", "1", "unknown_filter", true);
            refused(type, "filter[createdAt][gtee]", "1", "unknown_filter", true);
            refused(type, "sort", "createdAtt", "unknown_sort", true);
            for (Filter filter : type.filters().values()) {
                for (Operator other : EnumSet.complementOf(EnumSet.copyOf(filter.operators()))) {
                    refused(type, "filter[" + field(filter) + "][" + other.text() + "]", "1", "unknown_filter", false);
                }
            }
        });
    }

    private static String field(Filter filter) {
        return filter.kind() instanceof Kind.Strings ? filter.field() + ".key" : filter.field();
    }

    private void refused(ResourceType type, String name, String value, String code, boolean nearest) {
        HttpResponse<String> answer = world.list(type, ListWorld.parameter(name, value));
        assertThat(answer.statusCode()).as(name).isEqualTo(400);
        JsonNode error = Json.MAPPER.readTree(answer.body()).at("/errors/0");
        assertThat(error.get("code").stringValue()).as(name).isEqualTo(code);
        assertThat(error.at("/source/parameter").stringValue()).isEqualTo(name);
        if (nearest) {
            assertThat(error.at("/meta/nearest").isString()).as(answer.body()).isTrue();
        }
    }

    @TestFactory
    Stream<DynamicTest> takesWordsInAnyCase() {
        return each((type, whole) -> type.filters().values().forEach(filter -> {
            for (String word : FilterValues.words(filter)) {
                String name = "filter[" + filter.field() + "]";
                String mixed = Character.toUpperCase(word.charAt(0))
                        + word.substring(1).toLowerCase(java.util.Locale.ROOT);
                assertThat(ids(data(world.listed(type, ListWorld.parameter(name, mixed)))))
                        .isEqualTo(ids(data(world.listed(type, ListWorld.parameter(name, word)))));
            }
        }));
    }

    @org.junit.jupiter.api.Test
    void findsAMergedThreadsMessagesByEitherIdWhateverTheOperator() throws SQLException {
        ResourceType messages = world.types().stream()
                .filter(type -> type.type().equals("messages"))
                .findFirst()
                .orElseThrow();
        String merged = "00000000-0000-4000-8000-00000000aaaa";
        String into = FilterRows.THREAD;
        world.sql(
                "insert into threads (organization_id, id, channel, identifier, merged_into, created_at, updated_at) values ({own}, '"
                        + merged + "', 'web', 'merged', '" + into + "', now(), now())");
        List<JsonNode> whole = lists.get(messages.path());
        Map<Boolean, List<String>> ids = new LinkedHashMap<>();
        for (boolean in : List.of(true, false)) {
            ids.put(
                    in,
                    ids(whole.stream()
                            .filter(one -> one.at("/attributes/messageThreadId")
                                            .stringValue()
                                            .equals(into)
                                    == in)
                            .toList()));
        }
        assertThat(ids.values()).noneMatch(List::isEmpty);
        String other = whole.stream()
                .map(one -> one.at("/attributes/messageThreadId").stringValue())
                .filter(thread -> !thread.equals(into))
                .findFirst()
                .orElseThrow();
        String unknown = "00000000-0000-4000-8000-00000000bbbb";
        for (List<String> one : Arrays.asList(
                List.of("", merged, "true"),
                List.of("[in]", unknown + "," + merged, "true"),
                List.of("[ne]", merged, "false"))) {
            assertThat(ids(data(world.listed(
                            messages, ListWorld.parameter("filter[messageThreadId]" + one.getFirst(), one.get(1))))))
                    .as(one.toString())
                    .isEqualTo(ids.get(Boolean.valueOf(one.get(2))));
        }
        assertThat(data(world.listed(
                        messages, ListWorld.parameter("filter[messageThreadId][in]", merged + "," + other))))
                .hasSizeGreaterThan(ids.get(true).size());
        assertThat(data(world.listed(messages, ListWorld.parameter("filter[messageThreadId][null]", "true"))))
                .isEmpty();
    }
}
