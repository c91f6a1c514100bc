package dev.parley.server.cli;

import dev.parley.server.platform.settings.SettingsLoader;
import dev.parley.server.platform.settings.SettingsResult;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** A command that takes the settings. */
abstract class SettingsCommand implements Callable<Integer> {

    final Surroundings around;
    private final SettingOptions options = new SettingOptions();

    SettingsCommand(Surroundings around) {
        this.around = around;
    }

    /** For the command line's parser. */
    final CommandLine commandLine() {
        CommandLine commandLine = HelpOption.addTo(new CommandLine(this));
        options.addTo(commandLine.getCommandSpec(), commandDefaults());
        return commandLine;
    }

    /** Defaults of this command in place of the general ones, by setting name. */
    Map<String, String> commandDefaults() {
        return Map.of();
    }

    /** Does the work; returns the exit status. */
    abstract int run(SettingsResult.Loaded loaded) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        return switch (SettingsLoader.load(options.input(around.environment(), commandDefaults()))) {
            case SettingsResult.Loaded loaded -> {
                loaded.notices().forEach(around.err()::println);
                yield run(loaded);
            }
            case SettingsResult.Refused refused -> refuse(refused);
        };
    }

    private int refuse(SettingsResult.Refused refused) {
        around.err().println("The settings are wrong, so nothing was started:");
        refused.mistakes().forEach(mistake -> around.err().println("  " + mistake));
        return ExitStatus.WRONG_USE;
    }
}
