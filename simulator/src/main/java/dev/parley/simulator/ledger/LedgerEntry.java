package dev.parley.simulator.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One accepted send, and every callback made for it. Thread-safe. */
public final class LedgerEntry {

    private final long sequence;
    private final long receivedAtMicros;
    private final Accepted accepted;
    private List<CallbackRecord> callbacks = List.of();

    LedgerEntry(long sequence, long receivedAtMicros, Accepted accepted) {
        this.sequence = sequence;
        this.receivedAtMicros = receivedAtMicros;
        this.accepted = accepted;
    }

    /**
     * What was accepted.
     *
     * @param providerId the id that the provider gave the message
     * @param phoneNumberId the business number that sends
     * @param to the recipient as the request named it: a phone number or a business-scoped user id
     * @param toKey the recipient for comparing: digits alone, or the user id
     * @param waId the phone number that the provider answered with, null for a user id
     * @param opaque the caller's own reference, null when it gave none
     * @param type the kind of message
     * @param text the text, null when there is none
     * @param template the template's name, null when it is none
     * @param language the template's language, null when it is no template
     * @param media the file as a JSON object, null when there is none
     * @param content the object that is named like the type, null for a text and a template
     * @param replyTo the id of the message that it quotes, null when it quotes none
     */
    public record Accepted(
            String providerId,
            String phoneNumberId,
            String to,
            String toKey,
            @Nullable String waId,
            @Nullable String opaque,
            String type,
            @Nullable String text,
            @Nullable String template,
            @Nullable String language,
            @Nullable String media,
            @Nullable JsonNode content,
            @Nullable String replyTo) {

        /** That somebody's message was marked as read; {@code providerId} is that message's, and there is no recipient. */
        public static Accepted read(String providerId, String phoneNumberId) {
            return new Accepted(
                    providerId, phoneNumberId, "", "", null, null, "read", null, null, null, null, null, null);
        }

        /** The provider's id alone; the rest is private to people. */
        @Override
        public String toString() {
            return "Accepted[" + providerId + "]";
        }
    }

    /** The place in the ledger; the first is 1. */
    public long sequence() {
        return sequence;
    }

    /** When the request was received, in microseconds since the epoch. */
    public long receivedAtMicros() {
        return receivedAtMicros;
    }

    /** What was accepted. */
    public Accepted accepted() {
        return accepted;
    }

    /** Notes one try at a callback. */
    public synchronized void note(CallbackRecord callback) {
        if (callbacks.isEmpty()) {
            callbacks = new ArrayList<>(3);
        }
        callbacks.add(callback);
    }

    /** The tries so far, in the order in which they ended. */
    public synchronized List<CallbackRecord> callbacks() {
        return List.copyOf(callbacks);
    }
}
