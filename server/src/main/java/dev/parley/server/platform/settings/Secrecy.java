package dev.parley.server.platform.settings;

/** How careful a setting's value must be handled. */
public enum Secrecy {
    /** Shown as it is. */
    PLAIN,
    /** May hold a password: shown without it, and may be given as a file as well. */
    HOLDS_PASSWORD,
    /** Never shown; may be given as a file, and never as a flag, which other users of the machine could read. */
    SECRET
}
