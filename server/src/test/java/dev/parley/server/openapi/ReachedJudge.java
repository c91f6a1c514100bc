package dev.parley.server.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * Fails when the document describes what no test reached: an operation, a status of one, a parameter, a member of an
 * answer. Runs by itself once the whole suite of this module has passed, and judges by what that run wrote; its name keeps
 * it out of the suite. What stands in {@code docs-not-reached.txt} is forgiven, with a reason, until a test reaches it.
 */
@NullUnmarked
class ReachedJudge {

    private static final String FORGIVEN = "docs-not-reached.txt";
    private static final String REASON = " # ";

    /** What begins so depends on how fast the machine is: such a line may be reached, and need not be. */
    private static final String SOMETIMES = "sometimes";

    @Test
    void whatIsDocumentedIsReached() throws IOException {
        Path folder = Reached.folder();
        assertThat(folder)
                .as("reached.folder, which ./mvnw verify sets: this class is no test to be run alone")
                .isNotNull();
        Set<String> documented = new Reachable(OpenApiDocument.read()).all();
        Set<String> reached = Reached.read(folder);
        List<String> problems = problems(documented, reached, forgiven());
        Path list = folder.resolveSibling(FORGIVEN);
        Files.write(list, fitting(documented, reached, forgiven()));
        Reached.forgetRunsBefore(folder);
        if (Boolean.getBoolean("reached.fails")) {
            assertThat(problems)
                    .as("docs/openapi.yaml and what the tests of this run reached of it; the list as it would be is in "
                            + list)
                    .isEmpty();
        }
        problems.forEach(System.out::println);
    }

    /** The list that goes with what was reached. */
    static List<String> fitting(Set<String> documented, Set<String> reached, List<String> forgiven) {
        Map<String, String> reasons = new HashMap<>();
        forgiven.forEach(line -> reasons.put(line.split(REASON, 2)[0], line));
        return documented.stream()
                .filter(line -> !reached.contains(line)
                        || reasons.getOrDefault(line, "").contains(REASON + SOMETIMES))
                .map(line -> reasons.getOrDefault(line, line + REASON + "no test yet"))
                .toList();
    }

    /** What is wrong, one line each. */
    static List<String> problems(Set<String> documented, Set<String> reached, List<String> forgiven) {
        List<String> problems = new ArrayList<>();
        Set<String> missed = new TreeSet<>(documented);
        missed.removeAll(reached);
        for (String line : forgiven) {
            String[] parts = line.split(REASON, 2);
            if (parts.length < 2 || parts[1].isBlank()) {
                problems.add("forgiven without a reason: " + line);
            } else if (!documented.contains(parts[0])) {
                problems.add("forgiven, but not documented: " + parts[0]);
            } else if (!missed.remove(parts[0]) && !parts[1].startsWith(SOMETIMES)) {
                problems.add("forgiven, but reached or named twice: " + parts[0]);
            }
        }
        missed.forEach(line -> problems.add("documented, but no test reaches it: " + line));
        return problems;
    }

    /** The lines of the list, without its comments. */
    static List<String> forgiven() throws IOException {
        try (InputStream list = ReachedJudge.class.getResourceAsStream("/" + FORGIVEN)) {
            return new String(list.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
