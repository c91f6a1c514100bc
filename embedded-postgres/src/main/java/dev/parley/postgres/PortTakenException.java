package dev.parley.postgres;

/** Somebody else listens on the port that PostgreSQL was to use. */
final class PortTakenException extends PostgresException {
    private static final long serialVersionUID = 1L;

    PortTakenException(int port) {
        super("Port " + port + " on 127.0.0.1 is taken by another program.");
    }
}
