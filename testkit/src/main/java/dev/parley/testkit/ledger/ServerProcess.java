package dev.parley.testkit.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in a process of its own, that can be killed as {@code kill -9} does. Safe for use by many threads at once. */
public final class ServerProcess implements AutoCloseable {

    private static final String MAIN = "dev.parley.server.Main";

    private final Process process;
    private final JsonNode ready;

    private ServerProcess(Process process, JsonNode ready) {
        this.process = process;
        this.ready = ready;
    }

    /**
     * Starts {@code serve --json} from this JVM's own class path and returns once it is ready.
     *
     * @param environment settings, as {@code PARLEY_…}
     * @param log where its standard error is appended
     * @param arguments further ones of the command
     * @throws IllegalStateException when it ends before it is ready
     */
    public static ServerProcess start(Map<String, String> environment, Path log, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "serve",
                "--json"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        builder.environment().putAll(environment);
        try {
            return awaitReady(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess awaitReady(Process process, Path log) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("{")) {
            line = lines.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IllegalStateException("the server ended before it was ready; its log is " + log);
        }
        return new ServerProcess(process, JsonMapper.shared().readTree(line));
    }

    /** Where its API is reached. */
    public URI url() {
        return URI.create(ready.path("url").asString());
    }

    /** What it told when it was ready. */
    public JsonNode ready() {
        return ready;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends it at once, without a chance to finish anything; returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@link #kill}, with every process that it started: the embedded database does not stop cleanly. */
    public void killWithChildren() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
        process.onExit().join();
    }

    /** Kills every process that it started, its embedded database, and leaves the server alone; returns when they are gone. */
    public void killChildren() {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
    }

    /**
     * Asks it to end, as {@code SIGTERM} does, and waits until it has.
     *
     * @return its exit status, or empty when it was still there after so long
     */
    public OptionalInt stop(Duration patience) throws InterruptedException {
        process.destroy();
        return process.waitFor(patience) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    }

    /** As {@link #kill}. */
    @Override
    public void close() {
        kill();
    }
}
