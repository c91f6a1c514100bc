package dev.parley.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs short programs to their end. */
final class Commands {
    private static final int MOST_OUTPUT = 64 * 1024;

    private Commands() {}

    /** How a program ended: its exit status (-1: not startable or too slow) and what it wrote. */
    record Result(int status, String output) {
        boolean ok() {
            return status == 0;
        }
    }

    /**
     * A program that inherits nothing of this process but the search path: not its settings, which hold secrets, not
     * its folder, which another account may not enter.
     */
    static ProcessBuilder prepare(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        builder.directory(Path.of("/").toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(Path.of("/dev/null").toFile());
        return builder;
    }

    /** Runs a program and waits for its end, at most {@code limit}. */
    static Result run(List<String> command, Duration limit) {
        Process process;
        try {
            process = prepare(command).start();
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        }
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> output.complete(read(process.getInputStream())));
        if (!Waiting.forExit(process, limit)) {
            process.destroyForcibly();
            return new Result(-1, "did not end within " + limit.toSeconds() + " s");
        }
        return new Result(
                process.exitValue(),
                output.completeOnTimeout("", 5, TimeUnit.SECONDS).join());
    }

    /** Whether a program can be started and says yes. */
    static boolean succeeds(String... command) {
        return run(List.of(command), Duration.ofSeconds(10)).ok();
    }

    /** Sends a signal by name. A process that is gone is fine. */
    static void signal(long pid, String name) {
        run(List.of("/bin/sh", "-c", "kill -" + name + " " + pid), Duration.ofSeconds(10));
    }

    private static String read(InputStream stream) {
        try (stream) {
            byte[] head = stream.readNBytes(MOST_OUTPUT);
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return new String(head, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
