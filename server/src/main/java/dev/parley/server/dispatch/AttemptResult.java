package dev.parley.server.dispatch;

import dev.parley.connector.SendResult;
import dev.parley.server.messages.MessageError;
import java.time.Instant;

/**
 * How an attempt ended.
 *
 * @param outcome what became of it
 * @param milliseconds how long the call took
 * @param at when it ended
 */
record AttemptResult(Duty duty, Outcome outcome, long milliseconds, Instant at) {

    /** What became of an attempt. */
    sealed interface Outcome {

        /** A word for it, for counting. */
        default String word() {
            return switch (this) {
                case TooLate() -> "too_late";
                case HeldUp() -> "held_up";
                case Unprepared() -> "unprepared";
                case WindowClosed() -> "window_closed";
                case NotSendable(MessageError error) -> "not_sendable";
                case Called(SendResult result) ->
                    switch (result) {
                        case SendResult.Accepted accepted -> "accepted";
                        case SendResult.Refused refused -> "refused";
                        case SendResult.NotSent notSent -> "not_sent";
                        case SendResult.Unknown unknown -> "unknown";
                    };
            };
        }

        /** The provider was called. */
        record Called(SendResult result) implements Outcome {}

        /** It was not called: the lease had too little left. */
        record TooLate() implements Outcome {}

        /** It was not called: another message's upload of its file took its turn at the account's rate. */
        record HeldUp() implements Outcome {}

        /** It was not called: what it is to be given could not be made, as by a fault or by a node of an older release. */
        record Unprepared() implements Outcome {}

        /** It was not called: what it is made of can't be sent any more. */
        record NotSendable(MessageError error) implements Outcome {}

        /** It was not called: the window closed between claim and call. */
        record WindowClosed() implements Outcome {}
    }
}
