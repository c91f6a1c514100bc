package dev.parley.server.dispatch;

import dev.parley.server.messages.MessageError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is done with a claimed thread. */
sealed interface HeadDecision {

    /** The message is sent now. */
    record Send(PairBucket bucket) implements HeadDecision {}

    /** The message can't be sent any more; it fails and the next is taken at once. */
    record Fail(MessageError error) implements HeadDecision {}

    /** An attempt was left without a result: its outcome is in doubt. */
    record Doubt() implements HeadDecision {}

    /** An attempt was left while its file was on its way to the provider: it is certain that nothing was sent. */
    record NotSent() implements HeadDecision {}

    /**
     * The thread is looked at again after {@code time}.
     *
     * @param bucket as it is now: what is gained from here on counts even when the database's clock has gone back; null for as it was
     */
    record Wait(Duration time, @Nullable PairBucket bucket) implements HeadDecision {}

    /** The account is paused: the thread waits until it is connected, or until its message expires. */
    record Park(Duration time) implements HeadDecision {}

    /** There was no message to be seen; the thread is looked at again at once, or is done. */
    record Look() implements HeadDecision {}
}
