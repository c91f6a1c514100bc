package dev.parley.server.cli;

import dev.parley.server.platform.settings.Settings;
import dev.parley.server.wiring.StartProgress;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "demo",
        description = "Runs the server with a simulated provider and an organization to look at.",
        sortOptions = false)
final class DemoCommand extends RunningCommand {

    DemoCommand(Surroundings around) {
        super(around);
    }

    @Override
    Map<String, String> commandDefaults() {
        return Map.of("data", "demo-data");
    }

    @Override
    Root.Running start(Settings settings, StartProgress progress) {
        return around.root().demo(settings.withLoopbackAllowed(), progress);
    }
}
