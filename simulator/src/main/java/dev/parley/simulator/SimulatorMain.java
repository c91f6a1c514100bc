package dev.parley.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator in a process of its own. */
public final class SimulatorMain {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorMain.class);
    private static final String USAGE = "usage: [--host ADDRESS] [--port PORT] [--seed NUMBER]"
            + " [--callback-delay-ms MILLISECONDS] [--ledger-limit ENTRIES] [--strict-numbers] [--strict-plus]";

    private SimulatorMain() {}

    /** Starts it, prints its address on the first line of standard output, and runs until the process is ended. */
    public static void main(String[] arguments) throws InterruptedException {
        SimulatorOptions options;
        try {
            options = read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        Simulator simulator = Simulator.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-stop"));
        System.out.println(simulator.url());
        LOG.info("The simulator listens at {}", simulator.url());
        new CountDownLatch(1).await();
    }

    static SimulatorOptions read(String[] arguments) {
        SimulatorOptions options = SimulatorOptions.defaults();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals("--strict-numbers")) {
                options = options.withStrictness(true, options.strictPlus());
            } else if (name.equals("--strict-plus")) {
                options = options.withStrictness(options.strictNumbers(), true);
            } else if (++i < arguments.length) {
                options = with(options, name, arguments[i]);
            } else {
                throw new IllegalArgumentException("unknown option, or no value for it: " + name);
            }
        }
        return options;
    }

    private static SimulatorOptions with(SimulatorOptions options, String name, String value) {
        return switch (name) {
            case "--host" -> options.withHost(value);
            case "--port" -> options.withPort(number(name, value));
            case "--seed" -> options.withSeed(number(name, value));
            case "--callback-delay-ms" -> options.withCallbackDelay(Duration.ofMillis(number(name, value)));
            case "--ledger-limit" -> options.withLedgerLimit(number(name, value));
            default -> throw new IllegalArgumentException("unknown option: " + name);
        };
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": expected a whole number", e);
        }
    }
}
