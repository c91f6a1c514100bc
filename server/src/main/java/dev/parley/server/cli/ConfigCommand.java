package dev.parley.server.cli;

import dev.parley.server.platform.settings.EffectiveSetting;
import dev.parley.server.platform.settings.SettingsResult;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
        name = "config",
        description = "Prints the settings in force and where each comes from, secrets hidden.",
        sortOptions = false)
final class ConfigCommand extends SettingsCommand {

    ConfigCommand(Surroundings around) {
        super(around);
    }

    @Override
    int run(SettingsResult.Loaded loaded) {
        loaded.effective().forEach(setting -> around.out().println(line(setting)));
        return ExitStatus.DONE;
    }

    private static String line(EffectiveSetting setting) {
        String shown = setting.shown();
        String pair = setting.name() + ": " + (shown == null ? "" : shown);
        return String.format(Locale.ROOT, "%-48s # %s", pair, setting.origin());
    }
}
