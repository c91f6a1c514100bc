package dev.parley.simulator.http;

/** Whoever answers a call. Called on a virtual thread, so it may block. */
@FunctionalInterface
public interface Endpoint {

    /** Answers one call. An exception becomes a bare 500. */
    Reply handle(Call call) throws InterruptedException;
}
