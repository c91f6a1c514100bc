package dev.parley.server.cli;

import dev.parley.server.platform.build.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {

    private final Surroundings around;

    VersionCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        around.out().println("Parley " + Version.current() + " (Java " + Runtime.version() + ")");
        return ExitStatus.DONE;
    }
}
