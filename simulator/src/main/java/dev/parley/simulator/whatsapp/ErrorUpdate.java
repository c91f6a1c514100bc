package dev.parley.simulator.whatsapp;

import java.util.concurrent.CompletableFuture;

/**
 * An error that concerns a number, not a message.
 *
 * @param posted completes with the first answer's HTTP status, 0 when there was none
 */
public record ErrorUpdate(ErrorTable.Row error, CompletableFuture<Integer> posted) implements WhatsAppUpdate {

    private static final int BYTES = 700;

    @Override
    public int estimatedBytes() {
        return BYTES;
    }

    @Override
    public void posted(int attempt, int answer) {
        posted.complete(answer);
    }
}
