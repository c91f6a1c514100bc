package dev.parley.server.callbacks;

/** Is told of a thread whose head need not wait any longer. */
@FunctionalInterface
public interface DutySignal {

    /** There is one; which, the database tells. */
    void released();
}
