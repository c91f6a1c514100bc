package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.openapi.OpenApiDocument;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code docs/openapi.yaml} says of each list exactly which filters, operators and sorts it takes, and what is quick. */
@NullUnmarked
class ListDocumentTest {

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();
    private static final String FEW = "An organization has so few of them that every filter and sort is quick.";
    private static final String QUICK = "However many there are, an index makes these quick:\n";
    private static final Pattern FIELD = Pattern.compile("filter\\[(\\w+)(?:\\.key)?](?:\\[(\\w+)])?");

    @Test
    void saysOfEachListWhatItTakesAndWhatIsQuick(@TempDir Path folder) {
        try (ListWorld world = new ListWorld(folder.resolve("data"), Map.of())) {
            assertThat(world.types()).hasSizeGreaterThan(10);
            for (ResourceType type : world.types()) {
                check(type, type.path());
            }
        }
    }

    private static void check(ResourceType type, String path) {
        JsonNode list = DOCUMENT.path("/public/v2" + path).orElseThrow().operation("GET");
        Map<String, Set<String>> filters = new TreeMap<>();
        Set<String> sorts = new TreeSet<>();
        for (JsonNode parameter : list.path("parameters")) {
            JsonNode one = DOCUMENT.resolved(parameter);
            String name = one.path("name").stringValue();
            Matcher field = FIELD.matcher(name);
            if (field.matches()) {
                filters.put(field.group(1), operators(one, field.group(2)));
            } else if (name.equals("sort")) {
                one.at("/schema/items/enum").forEach(word -> sorts.add(word.stringValue()));
            }
        }
        assertThat(filters).as(path).isEqualTo(declared(type));
        assertThat(sorts)
                .as(path)
                .isEqualTo(type.sorts().keySet().stream()
                        .flatMap(field -> List.of(field, "-" + field).stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(quick(list.path("description").asString(""))).as(path).isEqualTo(expected(type));
    }

    private static Map<String, Set<String>> declared(ResourceType type) {
        Map<String, Set<String>> all = new TreeMap<>();
        for (Filter filter : type.filters().values()) {
            all.put(
                    filter.field(),
                    filter.operators().stream().map(Operator::text).collect(Collectors.toCollection(TreeSet::new)));
        }
        return all;
    }

    /** The one in the name, and those that the description lists beside it. */
    private static Set<String> operators(JsonNode parameter, String named) {
        Set<String> all = new TreeSet<>();
        all.add(named == null ? "eq" : named);
        String description = parameter.path("description").stringValue();
        for (Operator operator : EnumSet.allOf(Operator.class)) {
            if (description.contains("`" + operator.text() + "`")) {
                all.add(operator.text());
            }
        }
        return all;
    }

    private static List<String> expected(ResourceType type) {
        List<String> lines =
                new ArrayList<>(type.quick().stream().map(Quick::text).toList());
        if (type.few()) {
            lines.add(FEW);
        }
        return lines;
    }

    private static List<String> quick(String description) {
        int at = description.indexOf(QUICK);
        if (at < 0) {
            return description.contains(FEW) ? List.of(FEW) : List.of();
        }
        return description
                .substring(at + QUICK.length())
                .lines()
                .map(line -> line.substring("- ".length()))
                .toList();
    }
}
