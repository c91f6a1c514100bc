package dev.parley.server.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to accept, checked as far as it can be without the database.
 *
 * @param message the message, with its thread as the caller named it
 * @param state of the message, as its first event and the answer to a repetition show it
 * @param freeText whether the window rule applies to it (everything but a template)
 * @param textLength how long its text is, in UTF-16 code units
 * @param chosenId whether the caller chose {@code message.id()}
 * @param lane 0 for a recruiter's message, 1 for scheduled and bulk ones
 * @param idempotency how it is recognised when it comes again; null when it is not to be
 */
public record SubmitCommand(
        Message message,
        String state,
        boolean freeText,
        int textLength,
        boolean chosenId,
        int lane,
        @Nullable Idempotency idempotency) {

    /** A message as {@link MessageView} shows it. */
    public SubmitCommand(
            Message message,
            boolean freeText,
            int textLength,
            boolean chosenId,
            int lane,
            @Nullable Idempotency idempotency) {
        this(message, MessageView.state(message), freeText, textLength, chosenId, lane, idempotency);
    }

    /** Messages that a person waits for. */
    public static final int INTERACTIVE = 0;

    /** Messages that nobody waits for: they use what interactive ones leave. */
    public static final int BULK = 1;

    /**
     * How a request is recognised when it comes again.
     *
     * @param key SHA-256 of method, path and the caller's key
     * @param fingerprint SHA-256 of the raw body
     */
    public record Idempotency(byte[] key, byte[] fingerprint) {}

    UUID organization() {
        return message.organizationId();
    }

    Instant at() {
        return message.createdAt();
    }
}
