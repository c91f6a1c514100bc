package dev.parley.server.platform.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What kind of failure an SQL error is, by its state (PostgreSQL documentation, appendix A). */
public enum SqlFailure {
    /** Another transaction was in the way; the same transaction may pass when run again. */
    RETRY,
    /** The database is not there, or the connection was lost. */
    UNREACHABLE,
    /** It took longer than a statement may, mostly as another transaction had its rows: later it may pass. */
    TIMED_OUT,
    /** The statement itself was refused. */
    REFUSED;

    private static final String READ_ONLY = "25006";
    /** Nothing else of ours needs a state that a server may lack. */
    private static final String RECOVERING = "55000";

    /** Whether a server says so that follows another one: what it was asked for it will not do before it is promoted. */
    static boolean ofReplica(SQLException error) {
        return READ_ONLY.equals(error.getSQLState()) || RECOVERING.equals(error.getSQLState());
    }

    /** The kind of this error. */
    public static SqlFailure of(SQLException error) {
        String state = error.getSQLState();
        if (error instanceof SQLTransientConnectionException || state == null) {
            return UNREACHABLE;
        }
        return switch (state) {
            case "40001", "40P01", "55P03" -> RETRY;
            case "57014" -> TIMED_OUT;
            // 57P0x: shutting down, crashed, starting; 53x00: disk full, out of memory, too many connections;
            // 25P03, 25P04: the transaction was idle or open for too long, and its connection was closed
            case "57P01", "57P02", "57P03", "53100", "53200", "53300", "25P03", "25P04", READ_ONLY, RECOVERING ->
                UNREACHABLE;
            default -> state.startsWith("08") ? UNREACHABLE : REFUSED;
        };
    }
}
