package dev.parley.server.messages;

import dev.parley.server.payloads.ChannelFit;
import dev.parley.server.platform.jsonapi.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to accept, checked as far as it can be without the database.
 *
 * @param message the message, with its thread as the caller named it
 * @param view of the message, as the answer shows it
 * @param state of the message, as its first event and the answer to a repetition show it
 * @param freeForm whether the window rule applies to it (everything but a template)
 * @param fit what its payload asks of its channel
 * @param chosenId whether the caller chose {@code message.id()}
 * @param lane 0 for a recruiter's message, 1 for scheduled and bulk ones
 * @param idempotency how it is recognised when it comes again; null when it is not to be
 */
public record SubmitCommand(
        Message message,
        Resource view,
        String state,
        boolean freeForm,
        ChannelFit fit,
        boolean chosenId,
        int lane,
        @Nullable Idempotency idempotency) {

    /** With the message as {@link MessageView} shows it, rendered by the one who asks: the group's writer is one for all. */
    public SubmitCommand(
            Message message,
            boolean freeForm,
            ChannelFit fit,
            boolean chosenId,
            int lane,
            @Nullable Idempotency idempotency) {
        this(message, MessageView.resource(message), freeForm, fit, chosenId, lane, idempotency);
    }

    private SubmitCommand(
            Message message,
            Resource view,
            boolean freeForm,
            ChannelFit fit,
            boolean chosenId,
            int lane,
            @Nullable Idempotency idempotency) {
        this(message, view, view.state(), freeForm, fit, chosenId, lane, idempotency);
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
