package dev.parley.server.cli;

import dev.parley.server.platform.logging.Logging;
import dev.parley.server.platform.settings.SettingsResult;
import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        description = "Brings the database to this release's schema; serve does so as well.",
        sortOptions = false)
final class MigrateCommand extends SettingsCommand {

    MigrateCommand(Surroundings around) {
        super(around);
    }

    @Override
    int run(SettingsResult.Loaded loaded) {
        Logging.configure(loaded.settings().log(), "");
        around.root().migrate(loaded.settings());
        around.out().println("The database has this release's schema.");
        return ExitStatus.DONE;
    }
}
