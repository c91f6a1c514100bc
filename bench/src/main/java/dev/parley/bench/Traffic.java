package dev.parley.bench;

import java.util.List;
import java.util.function.Supplier;

/**
 * Requests at a fixed rate, to one or more ports of this machine in turns.
 *
 * @param ports where to; connection by connection
 * @param connections how many
 * @param seconds how long
 * @param rate requests a second
 * @param taken the status that says it was taken
 * @param requests makes one for each connection
 */
record Traffic(List<Integer> ports, int connections, int seconds, int rate, int taken, Supplier<Requests> requests) {

    static final String HOST = "127.0.0.1";
}
