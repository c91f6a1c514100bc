package dev.parley.server.messages;

import java.util.Locale;

/** Who wrote a message. */
public enum Origin {
    /** The customer, to a candidate. */
    OUTBOUND,
    /** A candidate. */
    INBOUND;

    /** As it stands in the database and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Origin of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
