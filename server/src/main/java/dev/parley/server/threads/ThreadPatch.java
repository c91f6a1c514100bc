package dev.parley.server.threads;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of a thread. Null leaves an attribute as it is, but where {@code hasCandidate} or {@code hasAccount}
 * says that null is meant.
 */
record ThreadPatch(
        @Nullable String channel,
        @Nullable String identifier,
        @Nullable Boolean chatbotPaused,
        boolean hasCandidate,
        @Nullable UUID candidateId,
        boolean hasAccount,
        @Nullable UUID channelAccountId,
        Instant at) {

    /** The thread as it would be, its identifier as written. */
    MessageThread applied(MessageThread thread) {
        return thread.with(
                channel == null ? thread.channel() : channel,
                identifier == null ? thread.identifier() : identifier,
                chatbotPaused == null ? thread.chatbotPaused() : chatbotPaused,
                hasCandidate ? candidateId : thread.candidateId(),
                hasAccount ? channelAccountId : thread.channelAccountId(),
                at);
    }

    /** Identifiers are personal data. */
    @Override
    public String toString() {
        return "ThreadPatch[]";
    }
}
