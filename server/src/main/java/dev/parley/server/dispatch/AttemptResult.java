package dev.parley.server.dispatch;

import dev.parley.connector.SendResult;
import java.time.Instant;

/**
 * How an attempt ended.
 *
 * @param outcome what became of it
 * @param milliseconds how long the call took
 * @param at when it ended
 */
public record AttemptResult(Duty duty, Outcome outcome, long milliseconds, Instant at) {

    /** What became of an attempt. */
    sealed interface Outcome {

        /** The provider was called. */
        record Called(SendResult result) implements Outcome {}

        /** It was not called: the lease had too little left. */
        record TooLate() implements Outcome {}

        /** It was not called: the window closed between claim and call. */
        record WindowClosed() implements Outcome {}
    }
}
