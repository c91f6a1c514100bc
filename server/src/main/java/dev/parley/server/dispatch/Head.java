package dev.parley.server.dispatch;

import dev.parley.connector.Address;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thread that was claimed, with the message at its head as it stood under the locks.
 *
 * @param fence of the thread before this claim
 * @param doneSeq the last place in its order that is done with
 * @param bucket what is left of the limit between account and candidate
 * @param message the next to be sent; null when it could not be seen
 * @param seq its place
 * @param tries how many attempts it had
 * @param windowLeft how long its window is still open; null when there is no window that it needs, zero when it is closed
 * @param to the candidate's address; null when the thread is gone
 * @param preparing whether its open attempt had not come to the call yet: nothing was sent
 * @param doubtUntil until when evidence for it is awaited
 */
record Head(
        UUID organizationId,
        UUID threadId,
        long fence,
        long doneSeq,
        int strikes,
        PairBucket bucket,
        @Nullable Message message,
        long seq,
        int tries,
        @Nullable Duration windowLeft,
        @Nullable String identifier,
        @Nullable Address to,
        boolean preparing,
        @Nullable Instant doubtUntil) {

    /** Whether its outcome is unknown, and it is to be sent once more without evidence. */
    boolean held() {
        return message != null && message.phase() == Phase.HOLD;
    }

    /** The same, evidence being awaited until then at least. */
    Head heldUntil(Instant later) {
        Instant until = doubtUntil != null && doubtUntil.isAfter(later) ? doubtUntil : later;
        return new Head(
                organizationId,
                threadId,
                fence,
                doneSeq,
                strikes,
                bucket,
                message,
                seq,
                tries,
                windowLeft,
                identifier,
                to,
                preparing,
                until);
    }
}
