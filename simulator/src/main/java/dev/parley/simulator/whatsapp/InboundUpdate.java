package dev.parley.simulator.whatsapp;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message that a person wrote.
 *
 * @param message what stands in the list of messages
 * @param contact what stands in the list of contacts beside it
 * @param posted completes with the first answer's HTTP status, 0 when there was none
 */
public record InboundUpdate(ObjectNode message, ObjectNode contact, CompletableFuture<Integer> posted)
        implements WhatsAppUpdate {

    private static final int FIXED_BYTES = 200;
    private static final int ESCAPED = 6;

    @Override
    public int estimatedBytes() {
        return FIXED_BYTES
                + ESCAPED * (message.toString().length() + contact.toString().length());
    }

    @Override
    public void posted(int attempt, int answer) {
        posted.complete(answer);
    }

    /** Nothing of what the person wrote. */
    @Override
    public String toString() {
        return "InboundUpdate";
    }
}
