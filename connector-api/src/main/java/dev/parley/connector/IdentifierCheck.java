package dev.parley.connector;

/** The outcome of checking a thread's identifier. */
public sealed interface IdentifierCheck {

    /**
     * It can be one.
     *
     * @param identifier the form that is stored
     */
    record Valid(String identifier) implements IdentifierCheck {}

    /**
     * It can't be one.
     *
     * @param detail a sentence that says what to write instead; never holds what was written
     */
    record Invalid(String detail) implements IdentifierCheck {}
}
