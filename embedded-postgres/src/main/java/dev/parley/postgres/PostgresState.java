package dev.parley.postgres;

/** What the embedded database is doing. */
public enum PostgresState {
    /** Accepts connections. */
    RUNNING,
    /** Died under a living server and is being started again on the same port; connections fail meanwhile. */
    RESTARTING,
    /** Closed on purpose; stays so. */
    STOPPED
}
