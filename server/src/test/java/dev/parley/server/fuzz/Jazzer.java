package dev.parley.server.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs Jazzer (github.com/CodeIntelligenceTesting/jazzer) on one target in a process of its own: it instruments the code, keeps each
 * input that reaches something new, and tells of those that break something, hang, or take too much memory.
 */
final class Jazzer {

    private static final String SEED = System.getProperty("fuzz.seed", "20261128");
    private static final int MOST_BYTES = 16_384;
    private static final int SECONDS_OF_AN_INPUT = 10;
    private static final int HEAP_MB = 512;
    private static final int MEMORY_MB = 1_536;
    private static final int FINDINGS = 10;

    private Jazzer() {}

    /**
     * What came of a run.
     *
     * @param status 0 where it ended by itself
     * @param log all that was printed
     */
    record Run(int status, String log) {

        /** Whether something broke. */
        boolean found() {
            return status != 0 || log.contains("== Java Exception");
        }
    }

    /**
     * Runs to the end of its time, or to the tenth different finding. Each is written into the folder.
     *
     * @param folder keeps the inputs that reach something new; the next run begins with them
     */
    static Run run(String target, Path folder, Duration time) throws IOException, InterruptedException {
        Path corpus = folder.resolve("corpus");
        Corpus.fill(target, corpus);
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command(target, folder, corpus, time))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            // It ends by itself; instrumenting at the start does not count.
            if (!process.waitFor(time.toSeconds() + 120, TimeUnit.SECONDS)) {
                return new Run(-1, read(log) + "\nIt did not end.");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), read(log));
    }

    private static List<String> command(String target, Path folder, Path corpus, Duration time) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + HEAP_MB + "m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + FuzzEntry.TARGET + "=" + target,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--instrumentation_includes=dev.parley.**",
                "--custom_hook_includes=dev.parley.**",
                "--reproducer_path=" + folder,
                "--keep_going=" + FINDINGS,
                "-seed=" + SEED,
                "-max_total_time=" + time.toSeconds(),
                "-max_len=" + MOST_BYTES,
                "-len_control=0",
                "-timeout=" + SECONDS_OF_AN_INPUT,
                "-rss_limit_mb=" + MEMORY_MB,
                "-use_value_profile=1",
                "-print_final_stats=1",
                "-artifact_prefix=" + folder + "/",
                corpus.toString()));
        return command;
    }

    private static String read(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }
}
