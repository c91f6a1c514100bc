package dev.parley.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/** Runs command lines in surroundings of its own and keeps what they print. */
final class CapturedRun {

    final StopSignal stop = new StopSignal(() -> {
        throw new AssertionError("the process would have been ended at once");
    });
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Root root;
    private Map<String, String> environment = Map.of();

    CapturedRun(Root root) {
        this.root = root;
    }

    CapturedRun with(Map<String, String> changed) {
        environment = changed;
        return this;
    }

    int run(String... arguments) {
        return Cli.run(
                arguments,
                new Surroundings(
                        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), environment, root, stop));
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }
}
