package dev.parley.simulator.whatsapp;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that concerns a WhatsApp Business account as a whole.
 *
 * @param field the name of the change, such as {@code message_template_status_update}
 * @param value as it stands in the change
 * @param seconds when it came to be, since the epoch
 * @param posted completes with the first answer's HTTP status, 0 when there was none
 */
public record AccountUpdate(String field, ObjectNode value, long seconds, CompletableFuture<Integer> posted)
        implements WhatsAppUpdate {

    private static final int FIXED_BYTES = 200;
    private static final int ESCAPED = 6;

    @Override
    public int estimatedBytes() {
        return FIXED_BYTES + ESCAPED * value.toString().length();
    }

    @Override
    public void posted(int attempt, int answer) {
        posted.complete(answer);
    }
}
