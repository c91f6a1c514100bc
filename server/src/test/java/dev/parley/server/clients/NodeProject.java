package dev.parley.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A project of {@code src/test/clients} with what its lock file names, run by Node.js. */
final class NodeProject {

    /** Set where nothing may be left out, as in CI. */
    private static final String COMPLETE = "PARLEY_TESTS_COMPLETE";

    private static final Path CLIENTS = Path.of("src", "test", "clients");

    private final Path folder;

    private NodeProject(Path folder) {
        this.folder = folder;
    }

    /** What a program wrote, and how it ended. */
    record Run(int status, String output) {}

    /** Copies a project and installs its dependencies; leaves the test out, saying so, where that can't be done. */
    static NodeProject install(String name, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(CLIENTS.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        NodeProject project = new NodeProject(folder);
        try {
            Run installed = project.start(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
            if (installed.status() != 0) {
                leaveOut(name, "npm ci ended with " + installed.status() + ": " + installed.output());
            }
        } catch (IOException e) {
            leaveOut(name, "Node.js 18 or newer and npm are needed: " + e.getMessage());
        }
        return project;
    }

    /** Runs one of its programs to its end, for two minutes at most. */
    Run run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", program));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Run start(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output));
    }

    private static void leaveOut(String name, String reason) {
        String left = "LEFT OUT: the tests with " + name + ". " + reason;
        if (System.getenv(COMPLETE) != null) {
            throw new AssertionError(left);
        }
        System.err.println(left);
        Assumptions.abort(left);
    }
}
