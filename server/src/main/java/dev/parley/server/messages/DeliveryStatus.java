package dev.parley.server.messages;

import java.util.Locale;

/** How far a message has come, in the order in which it can only rise; FAILED stands outside. */
public enum DeliveryStatus {
    ACCEPTED,
    SENT,
    DELIVERED,
    READ,
    FAILED;

    /** As it stands in the database and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of a stored word. */
    public static DeliveryStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
