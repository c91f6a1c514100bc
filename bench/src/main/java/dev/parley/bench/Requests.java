package dev.parley.bench;

/** Makes the requests of one connection. */
@FunctionalInterface
interface Requests {

    /** The bytes of a whole request; they are this object's own, and valid until the next call. */
    byte[] of(int number);
}
