package dev.parley.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a simulator starts.
 *
 * @param host the address to listen on; whoever reaches it controls the simulator
 * @param port the port, 0 for any free one
 * @param clock stamps the ledger and the callbacks, and decides about rates and windows; callbacks' delays and faults'
 *     waits pass in real time
 * @param seed decides which sends a fault with a probability strikes
 * @param callbackDelay the time from acceptance to the first status and from each to the next, unless a number says
 *     otherwise
 * @param strictNumbers whether a phone number id that was not registered is an error (100/33)
 * @param strictPlus whether a recipient without a plus is an error (131009)
 * @param ledgerLimit how many entries the ledger keeps at least, about 1 kB each with three callbacks
 */
public record SimulatorOptions(
        String host,
        int port,
        InstantSource clock,
        long seed,
        Duration callbackDelay,
        boolean strictNumbers,
        boolean strictPlus,
        int ledgerLimit) {

    /** Refuses what cannot be. */
    public SimulatorOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        if (callbackDelay.isNegative()) {
            throw new IllegalArgumentException("callbackDelay: " + callbackDelay + " (expected: not negative)");
        }
        if (ledgerLimit < 1) {
            throw new IllegalArgumentException("ledgerLimit: " + ledgerLimit + " (expected: at least 1)");
        }
    }

    /** This machine alone, any free port, the system's clock, statuses 50 ms apart, nothing strict, 1,000,000 entries. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                "127.0.0.1", 0, Clock.systemUTC(), 1, Duration.ofMillis(50), false, false, 1_000_000);
    }

    /** The same with another address to listen on. */
    public SimulatorOptions withHost(String changed) {
        return new SimulatorOptions(changed, port, clock, seed, callbackDelay, strictNumbers, strictPlus, ledgerLimit);
    }

    /** The same with another port. */
    public SimulatorOptions withPort(int changed) {
        return new SimulatorOptions(host, changed, clock, seed, callbackDelay, strictNumbers, strictPlus, ledgerLimit);
    }

    /** The same with another clock. */
    public SimulatorOptions withClock(InstantSource changed) {
        return new SimulatorOptions(host, port, changed, seed, callbackDelay, strictNumbers, strictPlus, ledgerLimit);
    }

    /** The same with another seed. */
    public SimulatorOptions withSeed(long changed) {
        return new SimulatorOptions(host, port, clock, changed, callbackDelay, strictNumbers, strictPlus, ledgerLimit);
    }

    /** The same with another default delay of callbacks. */
    public SimulatorOptions withCallbackDelay(Duration changed) {
        return new SimulatorOptions(host, port, clock, seed, changed, strictNumbers, strictPlus, ledgerLimit);
    }

    /** The same with another strictness. */
    public SimulatorOptions withStrictness(boolean numbers, boolean plus) {
        return new SimulatorOptions(host, port, clock, seed, callbackDelay, numbers, plus, ledgerLimit);
    }

    /** The same with another length of the ledger. */
    public SimulatorOptions withLedgerLimit(int changed) {
        return new SimulatorOptions(host, port, clock, seed, callbackDelay, strictNumbers, strictPlus, changed);
    }
}
