package dev.parley.server.messages;

import java.util.Locale;

/** Where an outbound message is in dispatch; not shown to callers. */
public enum Phase {
    /** It has no place in its thread's order yet: it is due later. */
    SCHEDULED,
    /** It waits for its turn, also between two tries. */
    QUEUED,
    /** An attempt is under way. */
    OPEN,
    /** The outcome of its send is not known, and it is not sent again. */
    DOUBT,
    /** The outcome of its send is not known; it is sent once more when no evidence comes. Its thread waits. */
    HOLD,
    /** Nothing is to be done. */
    DONE;

    /** As it stands in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The phase of a stored word. */
    public static Phase of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether it may still be edited and cancelled: no attempt is open, in doubt, or was accepted. */
    public boolean beforeHandOver() {
        return this == SCHEDULED || this == QUEUED;
    }
}
