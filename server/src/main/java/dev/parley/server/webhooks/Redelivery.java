package dev.parley.server.webhooks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends again what was sent or given up before: the same delivery, with the same id, becomes pending, to the address that its
 * webhook has now. Safe for use by many threads at once.
 */
public interface Redelivery {

    /** What came of asking for one delivery. */
    enum One {
        /** It is sent as soon as its endpoint can be. */
        PENDING,
        MISSING,
        /** Its webhook is inactive, paused, deleted or has no address: nothing would be sent. */
        INACTIVE
    }

    /** What came of asking for those of a webhook. */
    sealed interface Many {
        /**
         * They are pending.
         *
         * @param count how many
         * @param resumeAt where to go on when there was no time for all of them; null when there was
         */
        record Done(int count, @Nullable Instant resumeAt) implements Many {}

        record Missing() implements Many {}

        /** As {@link One#INACTIVE}. */
        record Inactive() implements Many {}
    }

    /** Makes one delivery pending. */
    One redeliver(UUID organization, UUID delivery);

    /**
     * Makes those of one webhook pending, the oldest first, for at most 20 seconds.
     *
     * @param since when the oldest of them was made
     * @param delivered whether those that reached their endpoint are sent again, too
     */
    Many redeliverSince(UUID organization, UUID webhook, Instant since, boolean delivered);
}
