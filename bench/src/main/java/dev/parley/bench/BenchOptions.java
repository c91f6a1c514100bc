package dev.parley.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, and for how long.
 *
 * @param home the checkout
 * @param work a scratch folder of this run
 * @param pgbench the program
 * @param rounds of floor and accept, one after the other
 * @param seconds of each measurement
 * @param connections measured, in this order
 * @param threads how many message threads there are
 * @param rate messages a second to the simulator's door; 0 leaves that figure out
 * @param doorSeconds how long that is kept up
 * @param lifecycle messages a second with everything that follows from them; 0 leaves that table out
 * @param lifecycleSeconds how long that is kept up
 * @param webhooks whether a receiver is told of each change of a message meanwhile
 * @param statements whether the database counts statements meanwhile, which costs some of its time
 */
record BenchOptions(
        Path home,
        Path work,
        Path pgbench,
        int rounds,
        int seconds,
        List<Integer> connections,
        int threads,
        int rate,
        int doorSeconds,
        int lifecycle,
        int lifecycleSeconds,
        boolean webhooks,
        boolean statements) {

    static final String USAGE = "usage: bench/run [--rounds N] [--seconds N] [--connections N,N…] [--threads N]"
            + " [--rate MESSAGES PER SECOND, 0 for none] [--door-seconds N]"
            + " [--lifecycle MESSAGES PER SECOND, 0 for none] [--lifecycle-seconds N] [--webhooks 0|1]"
            + " [--statements 0|1]"
            + "\n--rounds 0 leaves the accepts out.";

    static BenchOptions of(Path home, Path work, Path pgbench, List<String> arguments) {
        int rounds = 3;
        int seconds = 8;
        List<Integer> connections = List.of(1, 16, 64);
        int threads = 5000;
        int rate = 500;
        int doorSeconds = 30;
        int lifecycle = 1000;
        int lifecycleSeconds = 60;
        int webhooks = 1;
        int statements = 0;
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (name.equals("--help")) {
                throw new IllegalArgumentException(USAGE);
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + ": no value\n" + USAGE);
            }
            String value = arguments.get(i + 1);
            switch (name) {
                case "--rounds" -> rounds = number(name, value, 0);
                case "--seconds" -> seconds = number(name, value, 1);
                case "--connections" -> connections = numbers(name, value);
                case "--threads" -> threads = number(name, value, 1);
                case "--rate" -> rate = number(name, value, 0);
                case "--door-seconds" -> doorSeconds = number(name, value, 1);
                case "--lifecycle" -> lifecycle = number(name, value, 0);
                case "--lifecycle-seconds" -> lifecycleSeconds = number(name, value, 1);
                case "--webhooks" -> webhooks = number(name, value, 0);
                case "--statements" -> statements = number(name, value, 0);
                default -> throw new IllegalArgumentException(name + ": unknown\n" + USAGE);
            }
        }
        return new BenchOptions(
                home,
                work,
                pgbench,
                rounds,
                seconds,
                connections,
                threads,
                rate,
                doorSeconds,
                lifecycle,
                lifecycleSeconds,
                webhooks > 0,
                statements > 0);
    }

    /** Of the tables that have options of their own and no {@code pgbench} beside them: what {@link World} needs. */
    static BenchOptions world(Path home, Path work, int threads, int lifecycle) {
        return of(home, work, work, List.of("--threads", "" + threads, "--lifecycle", "" + lifecycle));
    }

    private static List<Integer> numbers(String name, String value) {
        List<Integer> numbers = new ArrayList<>();
        for (String one : value.split(",", -1)) {
            numbers.add(number(name, one, 1));
        }
        return List.copyOf(numbers);
    }

    private static int number(String name, String value, int least) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException expected) {
            // answered below, like a number that is too small
        }
        throw new IllegalArgumentException(name + ": give a whole number from " + least + " on\n" + USAGE);
    }
}
