package dev.parley.server;

import dev.parley.server.cli.Cli;
import dev.parley.server.cli.ProcessSignals;
import dev.parley.server.cli.StopSignal;

/** Where the process begins. */
public final class Main {

    private Main() {}

    /** Runs one command; SIGTERM and SIGINT ask it to stop, a second one ends the process at once. */
    public static void main(String[] arguments) {
        StopSignal stop = new StopSignal(() -> Runtime.getRuntime().halt(1));
        ProcessSignals.deliverTo(stop);
        System.exit(Cli.run(arguments, stop));
    }
}
