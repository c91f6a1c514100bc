package dev.parley.server.platform.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue of errors and its documents say the same. */
class DocumentedCodesTest {

    private static final Path DOCS = Path.of("..", "docs");

    private static List<String> answered() {
        return Arrays.stream(ProblemCode.values()).map(ProblemCode::text).toList();
    }

    @Test
    void eachCodeStandsInTheErrorsDocumentWithItsStatusAndTitle() throws Exception {
        String document = Files.readString(DOCS.resolve("errors.md"));
        Matcher row = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (\\d{3}) \\| ([^|]+) \\|")
                .matcher(document);
        Set<String> documented = row.results()
                .map(r -> r.group(1) + " " + r.group(2) + " " + r.group(3))
                .collect(Collectors.toSet());
        Set<String> known = Arrays.stream(ProblemCode.values())
                .map(code -> code.text() + " " + code.status() + " " + code.title())
                .collect(Collectors.toSet());

        assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void eachCodeStandsInTheOpenApiDocument() throws Exception {
        String document = Files.readString(DOCS.resolve("openapi.yaml"));
        String schema = document.substring(document.indexOf("\n    ErrorCode:"));
        String values = schema.substring(schema.indexOf("enum:"), schema.indexOf("\n\n"));
        Set<String> documented = new TreeSet<>();
        Pattern.compile("(?m)^ +- ([a-z_]+)$").matcher(values).results().forEach(r -> documented.add(r.group(1)));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(answered());
    }
}
