package dev.parley.simulator.whatsapp;

/** What happens to free text more than 24 hours after the person last wrote (Meta's 131047). */
public enum WindowRule {
    /** It is sent all the same. */
    OFF,
    /** It is refused in the answer. */
    SYNC,
    /** It is accepted, and the status {@code failed} follows. */
    ASYNC
}
