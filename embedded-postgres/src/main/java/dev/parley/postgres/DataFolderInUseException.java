package dev.parley.postgres;

/** Another process, or another part of this one, already holds the data folder. */
public final class DataFolderInUseException extends PostgresException {
    private static final long serialVersionUID = 1L;

    DataFolderInUseException(String message) {
        super(message);
    }
}
