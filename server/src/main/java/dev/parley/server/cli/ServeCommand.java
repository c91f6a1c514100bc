package dev.parley.server.cli;

import dev.parley.server.platform.settings.Settings;
import dev.parley.server.wiring.StartProgress;
import picocli.CommandLine.Command;

@Command(name = "serve", description = "Runs the server.", sortOptions = false)
final class ServeCommand extends RunningCommand {

    ServeCommand(Surroundings around) {
        super(around);
    }

    @Override
    Root.Running start(Settings settings, StartProgress progress) {
        return around.root().serve(settings, progress);
    }
}
