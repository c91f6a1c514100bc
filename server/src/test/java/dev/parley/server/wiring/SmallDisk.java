package dev.parley.server.wiring;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A small file system in memory, which can be full. Mounting it takes root on Linux: elsewhere its tests are left out. */
final class SmallDisk implements AutoCloseable {

    /** Set where nothing may be left out, as in CI. */
    private static final String COMPLETE = "PARLEY_TESTS_COMPLETE";

    private static final int SMALLEST = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts it, or leaves the test out and says so. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try {
            int status = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
            if (status != 0) {
                leaveOut("mount ended with " + status + "; it takes root");
            }
        } catch (IOException e) {
            leaveOut("there is no mount: " + e.getMessage());
        }
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /** Takes all space that is left. */
    void fill() throws IOException {
        // Smaller and smaller pieces, so that not even a page is left.
        for (int piece = 1 << 20; piece >= SMALLEST; piece /= 4) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("filler-" + piece))) {
                byte[] bytes = new byte[piece];
                while (true) {
                    out.write(bytes);
                }
            } catch (IOException full) {
                // As it was to become.
            }
        }
    }

    /** Gives the space back. */
    void free() throws IOException {
        for (int piece = 1 << 20; piece >= SMALLEST; piece /= 4) {
            Files.deleteIfExists(folder.resolve("filler-" + piece));
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private static void leaveOut(String reason) {
        String left = "LEFT OUT: the tests of a full disk. They mount a small file system in memory: " + reason;
        if (System.getenv(COMPLETE) != null) {
            throw new AssertionError(left);
        }
        System.err.println(left);
        Assumptions.abort(left);
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
