package dev.parley.server.fuzz;

import java.util.List;

/** One reader of bytes from outside, and what must hold of it whatever they are. Used by one thread. */
public interface FuzzTarget {

    /** Throws, or an assertion fails, when something does not hold. Keeps nothing between two calls. */
    void take(byte[] input) throws Exception;

    /** What is well formed, or nearly so: the fuzzer begins with it. */
    List<byte[]> seeds();
}
