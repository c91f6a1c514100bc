package dev.parley.server.platform.db;

import java.sql.SQLException;

/** A statement failed. The text names the SQL state alone: what the database says may hold values. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** PostgreSQL documentation, appendix A: query_canceled, which a statement over its time limit gets. */
    private static final String CANCELED = "57014";

    private final SqlFailure failure;
    private final boolean timedOut;

    DatabaseException(SQLException cause) {
        super(text(cause));
        this.failure = SqlFailure.of(cause);
        this.timedOut = CANCELED.equals(cause.getSQLState());
        setStackTrace(cause.getStackTrace());
    }

    private static String text(SQLException cause) {
        String state = cause.getSQLState();
        return state == null
                ? "no connection to the database within the time for that"
                : "the database refused a statement, SQL state " + state;
    }

    /** What kind of failure it is. */
    public SqlFailure failure() {
        return failure;
    }

    /** Whether the statement was ended because it took longer than it may. */
    public boolean timedOut() {
        return timedOut;
    }
}
