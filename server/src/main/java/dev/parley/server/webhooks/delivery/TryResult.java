package dev.parley.server.webhooks.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one try.
 *
 * @param at when it began
 * @param took until it ended
 */
record TryResult(Pending pending, Outcome outcome, Instant at, Duration took) {

    /** What the receiver did. */
    sealed interface Outcome {

        /** It took it. */
        record Delivered(int status) implements Outcome {}

        /**
         * It did not, or nobody knows.
         *
         * @param status of its answer; null when none came
         * @param error a fixed text without personal data
         * @param retryAfter how long it wants to be left alone; null when it did not say
         */
        record Failed(
                @Nullable Integer status,
                String error,
                @Nullable Duration retryAfter) implements Outcome {}

        /** It wants none of this webhook's any more. */
        record Gone(int status) implements Outcome {}

        /** Nothing was called, and a further try would not either. */
        record Unsent(String error) implements Outcome {}
    }

    /** The status code of the answer; null when none came. */
    @Nullable
    Integer status() {
        return switch (outcome) {
            case Outcome.Delivered(int status) -> status;
            case Outcome.Failed failed -> failed.status();
            case Outcome.Gone(int status) -> status;
            case Outcome.Unsent _ -> null;
        };
    }

    /** Why it failed; null when it did not. */
    @Nullable
    String error() {
        return switch (outcome) {
            case Outcome.Delivered _ -> null;
            case Outcome.Failed failed -> failed.error();
            case Outcome.Gone _ -> "the receiver answered that it is gone, so the webhook was switched off";
            case Outcome.Unsent(String error) -> error;
        };
    }
}
