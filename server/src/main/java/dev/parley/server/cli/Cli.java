package dev.parley.server.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The command line as a whole. */
public final class Cli {

    private Cli() {}

    /**
     * Runs one command in this process's surroundings.
     *
     * @param stop ends commands that run until they are told to stop
     * @return the exit status: 0 done, 1 failed, 2 wrong use
     */
    public static int run(String[] arguments, StopSignal stop) {
        return run(arguments, new Surroundings(System.out, System.err, System.getenv(), new WiringRoot(), stop));
    }

    static int run(String[] arguments, Surroundings around) {
        CommandLine commandLine = group("parley", "A messaging server for recruitment.")
                .addSubcommand(new DemoCommand(around).commandLine())
                .addSubcommand(new ServeCommand(around).commandLine())
                .addSubcommand(HelpOption.addTo(new CommandLine(new SimulatorCommand(around))))
                .addSubcommand(new MigrateCommand(around).commandLine())
                .addSubcommand(new ConfigCommand(around).commandLine())
                .addSubcommand(group("organization", "Organizations.")
                        .addSubcommand(new OrganizationCreateCommand(around).commandLine()))
                .addSubcommand(group("token", "Tokens.")
                        .addSubcommand(new TokenListCommand(around).commandLine())
                        .addSubcommand(new TokenCreateCommand(around).commandLine())
                        .addSubcommand(new TokenRevokeCommand(around).commandLine())
                        .addSubcommand(new TokenRotateCommand(around).commandLine()))
                .addSubcommand(HelpOption.addTo(new CommandLine(new VersionCommand(around))));
        commandLine.setOut(new PrintWriter(around.out(), true, around.out().charset()));
        commandLine.setErr(new PrintWriter(around.err(), true, around.err().charset()));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            around.err().println("parley " + command.getCommandName() + " failed: " + Failures.explain(failure));
            return ExitStatus.FAILED;
        });
        return commandLine.execute(arguments);
    }

    private static CommandLine group(String name, String description) {
        CommandLine commandLine = HelpOption.addTo(new CommandLine(new GroupCommand()));
        commandLine.setCommandName(name);
        commandLine.getCommandSpec().usageMessage().description(description);
        return commandLine;
    }
}
