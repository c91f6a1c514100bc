package dev.parley.server.platform.db;

/** The database can't be used as it is; the text says why and what to do. */
public final class UnusableDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnusableDatabaseException(String message) {
        super(message);
    }
}
