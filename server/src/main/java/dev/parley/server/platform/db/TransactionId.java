package dev.parley.server.platform.db;

/**
 * By what a transaction is found again when the answer to its commit is lost: {@code pg_current_xact_id()}, and the timeline
 * that it is of. When a replica is promoted a new timeline begins, on which ids may be given again that the lost primary had given
 * (PostgreSQL documentation, 25.3.6). A transaction selects its own.
 */
public final class TransactionId {

    /** The timeline alone, an expression of type text; fails on a replica. The planner makes a constant of it: it costs nothing. */
    static final String TIMELINE = "left(pg_walfile_name('0/1'), 8)";

    /** An expression of type text: number, a slash and timeline. */
    public static final String SQL = "pg_current_xact_id()::text || '/' || " + TIMELINE;

    private TransactionId() {}
}
