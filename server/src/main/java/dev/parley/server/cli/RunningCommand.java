package dev.parley.server.cli;

import dev.parley.server.platform.logging.Logging;
import dev.parley.server.platform.settings.LogFormat;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.platform.settings.SettingsResult;
import dev.parley.server.wiring.StartProgress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** A command that starts something and runs until it is told to stop. */
abstract class RunningCommand extends SettingsCommand {

    private static final Logger LOG = LoggerFactory.getLogger(RunningCommand.class);

    @Option(names = "--json", description = "Prints one line of JSON on standard output once ready, for scripts.")
    private boolean json;

    /** For making the start-up cache: everything is started once, and nothing is kept running. */
    @Option(names = "--exit-when-ready", hidden = true)
    private boolean exitWhenReady;

    RunningCommand(Surroundings around) {
        super(around);
    }

    /** Starts it; returns when it is ready. */
    abstract Root.Running start(Settings settings, StartProgress progress);

    @Override
    final int run(SettingsResult.Loaded loaded) throws InterruptedException {
        Settings settings = loaded.settings();
        Logging.configure(settings.log(), "");
        long began = System.nanoTime();
        Root.Running running = start(settings, progress(settings));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (json) {
            around.out().println(ReadyLine.of(running));
        } else {
            around.out().print(Banner.of(running, settings, took));
        }
        around.out().flush();
        if (!exitWhenReady) {
            around.stop().await();
        }
        return GracefulStop.close(running.closer(), settings.shutdown().grace(), around.err());
    }

    private StartProgress progress(Settings settings) {
        return settings.log().format() == LogFormat.JSON
                ? step -> LOG.info("starting: {}", step)
                : step -> around.err().println("* " + step);
    }
}
