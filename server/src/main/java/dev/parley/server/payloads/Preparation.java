package dev.parley.server.payloads;

import dev.parley.server.platform.jsonapi.WriteResult;
import java.util.UUID;

/**
 * What must be done for a payload before its message can be accepted, and only once it is known whose it is: a file to store,
 * something to look up. Runs outside any transaction, on the request's own thread, and may block.
 */
@FunctionalInterface
public interface Preparation {

    /**
     * Does it.
     *
     * @param thread where the message goes, as the caller named it; it may not exist
     */
    Prepared prepare(UUID organization, UUID thread);

    /** What came of it. */
    sealed interface Prepared {

        /**
         * The payload as it is to be accepted; it needs no more preparation. One that can't be sent fits no channel: its refusal
         * is then kept under the request's key as any other.
         */
        record Ready(Payload payload) implements Prepared {}

        /** The message is not accepted now; nothing is kept of it, so that the same request may come again. */
        record Not(WriteResult answer) implements Prepared {}
    }
}
