package dev.parley.server.threads;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thread as it stands.
 *
 * @param identifier the person's address on the channel, in its checked form
 * @param chatbotPaused a mark of the customer's
 * @param candidateId who the person is; never changes once set
 * @param channelAccountId the account that the customer chose
 * @param windowExpiresAt until when free text may go out, for the account that it sends from
 * @param lastMessageAt when its latest message was stored
 * @param mergedInto the thread that took its place; null while it is itself
 * @param version rises with each change
 */
record MessageThread(
        UUID organizationId,
        UUID id,
        String channel,
        String identifier,
        boolean chatbotPaused,
        @Nullable UUID candidateId,
        @Nullable UUID channelAccountId,
        @Nullable Instant windowExpiresAt,
        @Nullable Instant lastMessageAt,
        @Nullable UUID mergedInto,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    ThreadKey key() {
        return new ThreadKey(organizationId, id);
    }

    /** The next version of it. */
    MessageThread with(String newChannel, String newIdentifier, boolean paused, @Nullable UUID candidate, Instant at) {
        return with(newChannel, newIdentifier, paused, candidate, channelAccountId, at);
    }

    /** The next version of it. */
    MessageThread with(
            String newChannel,
            String newIdentifier,
            boolean paused,
            @Nullable UUID candidate,
            @Nullable UUID account,
            Instant at) {
        return new MessageThread(
                organizationId,
                id,
                newChannel,
                newIdentifier,
                paused,
                candidate,
                account,
                windowExpiresAt,
                lastMessageAt,
                mergedInto,
                version + 1,
                createdAt,
                at);
    }

    /** The identifier is personal data. */
    @Override
    public String toString() {
        return "MessageThread[" + id + " " + channel + "]";
    }
}
