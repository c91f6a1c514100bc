package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the planner about the very statements of each combination that is declared as quick: first page, a page by cursor, and
 * the count. Plans are made for any value, as in production.
 */
@NullUnmarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuickListsTest {

    /** A page size that nothing else has, so that its statements are known by it. */
    private static final int SIZE = 37;

    private static final String COUNT = "(?s)select count.* limit 10001\\) n$";

    /** Lists whose count was looked at. */
    private final Set<String> counted = new HashSet<>();

    private ListWorld world;
    private SentStatements sent;

    @BeforeAll
    void start(@TempDir Path folder) throws SQLException {
        world = new ListWorld(folder.resolve("data"), Map.of());
        world.server.site(world.token);
        world.sql(QuickListRows.SQL);
        sent = new SentStatements();
    }

    @AfterAll
    void stop() {
        sent.close();
        world.close();
    }

    @TestFactory
    Stream<DynamicTest> usesItsIndex() {
        return world.types().stream()
                .flatMap(type -> type.quick().stream()
                        .map(quick ->
                                DynamicTest.dynamicTest(type.path() + ": " + quick.text(), () -> check(type, quick))));
    }

    private void check(ResourceType type, Quick quick) throws SQLException {
        for (List<String> filters : filters(type, quick)) {
            if (quick.sort() == null) {
                check(type, quick, filters);
            } else {
                for (String sort : List.of("-" + quick.sort(), quick.sort())) {
                    List<String> sorted = with(filters, ListWorld.parameter("sort", sort));
                    check(type, quick, sorted);
                    check(type, quick, with(sorted, after(sort)));
                }
            }
        }
    }

    private static List<String> with(List<String> parameters, String... more) {
        return Stream.concat(parameters.stream(), Stream.of(more)).toList();
    }

    private void check(ResourceType type, Quick quick, List<String> parameters) throws SQLException {
        String query = String.join("&", with(parameters, ListWorld.parameter("page[size]", String.valueOf(SIZE))));
        sent.take();
        world.listed(type, query);
        List<String> statements = sent.take();
        String page = only(statements, "(?s).* limit (" + SIZE + "|" + (SIZE + 1) + ")$", query);
        String plan = plan(page);
        assertThat(plan).as(query).containsPattern("\\b" + quick.index() + "\\b");
        assertThat(plan).as(query).doesNotContainPattern("Seq Scan on " + table(page) + "\\b");
        if (quick.sort() != null) {
            assertThat(sortsMoreThanPages(plan, table(page)))
                    .as(query + "\n" + plan)
                    .isFalse();
        }
        if (!query.contains("page%5Bafter") && !quick.filters().isEmpty()) {
            checkCount(type, parameters, statements, table(page));
        }
    }

    /** Whatever the order, the same is counted; and not again for a minute, where it is a long list. */
    private void checkCount(ResourceType type, List<String> parameters, List<String> statements, String table)
            throws SQLException {
        String list = type.path()
                + parameters.stream()
                        .filter(parameter -> parameter.startsWith("filter"))
                        .sorted()
                        .toList();
        if (counted.contains(list) && statements.stream().noneMatch(statement -> statement.matches(COUNT))) {
            return;
        }
        // A narrower index than that of the page may do.
        assertThat(plan(only(statements, COUNT, list)))
                .as(list)
                .containsPattern("Index (Only )?(Scan|Cond)")
                .doesNotContainPattern("Seq Scan on " + table + "\\b");
        counted.add(list);
    }

    private static String only(List<String> statements, String pattern, String query) {
        return statements.stream()
                .filter(statement -> statement.matches(pattern))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not sent for " + query + ": " + pattern));
    }

    private String plan(String statement) throws SQLException {
        return String.join("\n", world.query("explain (generic_plan) " + statement)) + "\nof " + statement;
    }

    /** Sorting is for a few pages of the table, each read in its order, that are put together. */
    private static boolean sortsMoreThanPages(String plan, String table) {
        List<String> nodes =
                plan.lines().filter(line -> line.contains("  (cost=")).toList();
        return IntStream.range(0, nodes.size())
                .filter(at -> nodes.get(at).contains("Sort  ("))
                .anyMatch(at -> !sortsPages(nodes, at, table));
    }

    private static boolean sortsPages(List<String> nodes, int sort, String table) {
        List<Integer> scans = IntStream.range(sort + 1, nodes.size())
                .takeWhile(at -> depth(nodes.get(at)) > depth(nodes.get(sort)))
                .filter(at -> nodes.get(at).matches(".* on " + table + "\\b.*"))
                .boxed()
                .toList();
        return !scans.isEmpty() && scans.stream().allMatch(at -> isLimited(nodes, at));
    }

    /** Whether of what limits or sorts a node's rows, the nearest limits them. */
    private static boolean isLimited(List<String> nodes, int at) {
        int depth = depth(nodes.get(at));
        for (String above : nodes.subList(0, at).reversed()) {
            if (depth(above) < depth) {
                depth = depth(above);
                if (above.contains("Limit  (") || above.contains("Sort  (")) {
                    return above.contains("Limit  (");
                }
            }
        }
        return false;
    }

    private static int depth(String line) {
        return line.indexOf("->");
    }

    private static String table(String statement) {
        return statement.replaceFirst("(?s).*? from\\s+(\\w+).*", "$1");
    }

    /** A place in the midst of the list, as a cursor says it. */
    private static String after(String sort) {
        String json = "[1,\"" + sort + "\",\"2026-01-01T00:00:00Z\",\"" + new UUID(1, 2) + "\"]";
        return ListWorld.parameter(
                "page[after]",
                Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Each way to write its filters. */
    private static List<List<String>> filters(ResourceType type, Quick quick) {
        List<List<String>> all = List.of(List.of());
        for (Quick.By by : quick.filters()) {
            List<List<String>> more = new ArrayList<>();
            for (List<String> one : all) {
                ways(type.filters().get(by.field().replaceFirst("\\..*", "")), by)
                        .forEach(way -> more.add(with(one, way)));
            }
            all = more;
        }
        return all;
    }

    private static List<String[]> ways(Filter filter, Quick.By by) {
        String name = "filter[" + by.field() + "]";
        if (filter.kind() instanceof Kind.Time) {
            String from = ListWorld.parameter(name + "[gte]", "2026-01-01T00:00:00+00:00");
            String until = ListWorld.parameter(name + "[lt]", "2026-01-02T00:00:00+00:00");
            return List.of(new String[] {from, until}, new String[] {from}, new String[] {until});
        }
        List<String[]> ways = new ArrayList<>();
        for (Operator operator : by.operators()) {
            String value = value(filter.kind(), by, operator);
            ways.add(new String[] {ListWorld.parameter(name + "[" + operator.text() + "]", value)});
        }
        return ways;
    }

    private static String value(Kind kind, Quick.By by, Operator operator) {
        if (by.word() != null) {
            return by.word();
        }
        if (kind instanceof Kind.Bool) {
            return "true";
        }
        // Two, so that the statement is not that of one value.
        List<String> two = switch (kind) {
            case Kind.Choice(List<String> words) -> List.of(words.getFirst(), words.getLast());
            case Kind.Id id -> List.of(new UUID(1, 2).toString(), new UUID(1, 3).toString());
            default -> List.of("x", "y");
        };
        return operator == Operator.IN ? String.join(",", two) : two.getFirst();
    }
}
