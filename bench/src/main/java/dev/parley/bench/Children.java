package dev.parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a run. They are ended when this is closed, when the run is interrupted, and, by their ids in the file
 * {@code pids}, by {@code bench/run} when this process is killed.
 */
final class Children implements AutoCloseable {

    private static final int GRACE_SECONDS = 20;

    private final Path work;
    private final Deque<Process> running = new ArrayDeque<>();

    Children(Path work) {
        this.work = work;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-stop"));
    }

    /** Starts a process that stays; the first line that it prints says that it is ready. */
    Started start(String name, List<String> command, Map<String, String> environment) throws IOException {
        Process process = builder(name, command, environment).start();
        synchronized (running) {
            running.push(process);
        }
        note(process.pid());
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null) {
            throw new IOException(name + " did not start; see " + log(name) + ":\n" + Files.readString(log(name)));
        }
        return new Started(process.pid(), line);
    }

    /** Starts a process that stays and says nothing. */
    long quiet(String name, List<String> command) throws IOException {
        ProcessBuilder builder = builder(name, command, Map.of());
        Process process =
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        synchronized (running) {
            running.push(process);
        }
        note(process.pid());
        return process.pid();
    }

    record Started(long pid, String line) {}

    /** Ends one of them as an operator would, and waits for it. */
    void stop(long pid) {
        synchronized (running) {
            for (Process process : running) {
                if (process.pid() == pid) {
                    running.remove(process);
                    end(process);
                    return;
                }
            }
        }
    }

    /** Remembers a process that one of the started ones has started, and that must not outlive this run either. */
    void note(long pid) throws IOException {
        Files.writeString(work.resolve("pids"), pid + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Runs a process to its end and gives what it printed. */
    String run(String name, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Process process = builder(name, command, environment).start();
        synchronized (running) {
            running.push(process);
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        synchronized (running) {
            running.remove(process);
        }
        if (status != 0) {
            throw new IOException(name + " ended with " + status + ":\n" + out + Files.readString(log(name)));
        }
        return out;
    }

    private ProcessBuilder builder(String name, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(log(name).toFile());
        return builder;
    }

    private Path log(String name) {
        return work.resolve(name + ".log");
    }

    @Override
    public void close() {
        synchronized (running) {
            while (!running.isEmpty()) {
                end(running.pop());
            }
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
