package dev.parley.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No input that the fuzzer makes throws where nothing may, takes longer than ten seconds, or needs more memory than there is.
 * By default all targets share {@value #SHORT} seconds. {@code -Dfuzz.minutes=5} gives each as many minutes, one after the other,
 * {@code -Dfuzz.target=query} only that one; {@code -Dfuzz.seed=} begins otherwise.
 */
final class CoverageFuzzTest {

    private static final int SHORT = 8;
    private static final long MINUTES = Long.getLong("fuzz.minutes", 0);
    private static final String ONLY = System.getProperty(FuzzEntry.TARGET, "");
    private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();

    static List<String> targets() {
        if (!ONLY.isEmpty()) {
            return List.of(ONLY);
        }
        return MINUTES == 0 ? List.of(FuzzEntry.ALL) : List.copyOf(Targets.ALL.keySet());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingBreaks(String target) throws Exception {
        Path folder = Files.createDirectories(FOLDER.resolve(target));
        Duration time = MINUTES == 0 ? Duration.ofSeconds(SHORT) : Duration.ofMinutes(MINUTES);
        Jazzer.Run run = Jazzer.run(target, folder, time);
        System.out.println("fuzzed " + target + ": " + summary(run.log()));
        assertThat(run.found())
                .as("a finding is in %s; it belongs into src/test/resources/fuzz\n%s", folder, end(run.log()))
                .isFalse();
        assertThat(run.log()).as("inputs were made").contains("stat::number_of_executed_units");
    }

    private static String summary(String log) {
        return log.lines()
                .filter(line ->
                        line.startsWith("stat::number") || line.startsWith("stat::peak") || line.contains("DONE"))
                .map(String::strip)
                .collect(Collectors.joining(", "));
    }

    private static String end(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }
}
