package dev.parley.postgres;

/** The embedded database cannot be made, started or used. The message says what to do. */
public class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a text for the operator. */
    public PostgresException(String message) {
        super(message);
    }

    /** With a text for the operator and what led to it. */
    public PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
