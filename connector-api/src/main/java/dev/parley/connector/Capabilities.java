package dev.parley.connector;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
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
 * @param features what it can do beside text
 */
public record Capabilities(
        @Nullable Duration window,
        int textLimit,
        int messagesPerSecond,
        @Nullable PairRate pairRate,
        Evidence evidence,
        InDoubt inDoubt,
        boolean reportsDelivery,
        Map<MediaKind, MediaRule> media,
        Set<Feature> features) {

    /** Copies map and set. */
    public Capabilities {
        media = Map.copyOf(media);
        features = Set.copyOf(features);
    }

    /** Of a channel that can do nothing beside text. */
    public Capabilities(
            @Nullable Duration window,
            int textLimit,
            int messagesPerSecond,
            @Nullable PairRate pairRate,
            Evidence evidence,
            InDoubt inDoubt,
            boolean reportsDelivery) {
        this(window, textLimit, messagesPerSecond, pairRate, evidence, inDoubt, reportsDelivery, Map.of(), Set.of());
    }

    /** What a channel can do beside text. */
    public enum Feature {
        LOCATION,
        CONTACTS,
        REACTION,
        BUTTONS,
        MENU,
        LINK,
        LOCATION_REQUEST,
        /** A message can name the one that it answers. */
        REPLY,
        /** The candidate can be shown that what they wrote was read. */
        READ_RECEIPT
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
