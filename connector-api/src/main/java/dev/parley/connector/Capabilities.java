package dev.parley.connector;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a channel can do.
 *
 * @param window how long after the candidate's last message free text may go out; null when there is no such rule
 * @param textLimit the most UTF-16 code units that a text may have
 * @param messagesPerSecond the rate of a new account; an account's own setting replaces it
 * @param pairRate the limit between one account and one candidate; null when there is none
 * @param evidence what can later prove the outcome of a send whose answer never came
 * @param inDoubt what a new account does with a send whose outcome stays unknown
 * @param reportsDelivery whether the provider reports {@code delivered} and {@code read}
 * @param media which files it takes, by kind; a kind that is missing is not taken
 */
public record Capabilities(
        @Nullable Duration window,
        int textLimit,
        int messagesPerSecond,
        @Nullable PairRate pairRate,
        Evidence evidence,
        InDoubt inDoubt,
        boolean reportsDelivery,
        Map<MediaKind, MediaRule> media) {

    public Capabilities {
        media = Map.copyOf(media);
    }

    /** Of a channel that takes no files. */
    public Capabilities(
            @Nullable Duration window,
            int textLimit,
            int messagesPerSecond,
            @Nullable PairRate pairRate,
            Evidence evidence,
            InDoubt inDoubt,
            boolean reportsDelivery) {
        this(window, textLimit, messagesPerSecond, pairRate, evidence, inDoubt, reportsDelivery, Map.of());
    }

    /**
     * A token bucket between one account and one candidate.
     *
     * @param capacity the most messages at once
     * @param refill the time after which one more may go
     */
    public record PairRate(int capacity, Duration refill) {}

    /** Where evidence about a doubtful send can come from. */
    public enum Evidence {
        /** A later callback that carries our own reference. */
        CALLBACK,
        /** A question that the provider answers. */
        LOOK_UP,
        /** None. */
        NONE
    }

    /** What is done with a send whose outcome stays unknown. */
    public enum InDoubt {
        /** It is never sent again; it fails with {@code outcome_unknown} when no evidence comes. */
        FAIL,
        /** It is sent once more when no evidence comes. */
        RESEND
    }
}
