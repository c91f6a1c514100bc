package dev.parley.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The option that every command has. */
final class HelpOption {

    private HelpOption() {}

    static CommandLine addTo(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this and ends.")
                        .build());
        return commandLine;
    }
}
