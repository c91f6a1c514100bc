package dev.parley.server.platform.secrets;

/** A stored secret cannot be decrypted: another secret key made it, or it was changed. Says nothing of its content. */
public final class CannotOpenException extends RuntimeException {

    CannotOpenException() {
        super("a stored secret cannot be decrypted: it was made with another secretKey, or was changed since");
    }
}
