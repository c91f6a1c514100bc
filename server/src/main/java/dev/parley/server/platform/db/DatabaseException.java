package dev.parley.server.platform.db;

import java.sql.SQLException;

/** A statement failed. The text names the SQL state alone: what the database says may hold values. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final SqlFailure failure;

    DatabaseException(SQLException cause) {
        super("the database refused a statement, SQL state " + cause.getSQLState());
        this.failure = SqlFailure.of(cause);
        setStackTrace(cause.getStackTrace());
    }

    /** What kind of failure it is. */
    public SqlFailure failure() {
        return failure;
    }
}
