package dev.parley.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sends real signals to a real process. */
class ProcessSignalsTest {

    @Test
    void theFirstSignalAsksAndTheProcessEndsByItself() throws Exception {
        Process process = start("obedient");
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
            signal(process, "TERM");
            assertThat(output.readLine()).isEqualTo("asked");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theSecondSignalEndsItAtOnce() throws Exception {
        Process process = start("stubborn");
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
            signal(process, "INT");
            assertThat(output.readLine()).isEqualTo("asked");
            signal(process, "TERM");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(7);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String manner) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(List.of(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stoppable.class.getName(),
                        manner))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** The process under test. */
    static final class Stoppable {
        public static void main(String[] arguments) throws InterruptedException {
            StopSignal stop = new StopSignal(() -> Runtime.getRuntime().halt(7));
            ProcessSignals.deliverTo(stop);
            System.out.println("ready");
            stop.await();
            System.out.println("asked");
            if (arguments[0].equals("stubborn")) {
                Thread.currentThread().join();
            }
        }
    }
}
