package dev.parley.server.wiring;

/** Told what a start is busy with, so that somebody who waits can be shown. */
@FunctionalInterface
public interface StartProgress {

    /** A step begins: a few words such as "initialising the database". */
    void step(String text);
}
