package dev.parley.connector;

/** What is done about a provider's error. */
public enum ErrorAction {
    /** The message fails; trying again is of no use. */
    FAIL,
    /** The message fails; the caller may try again hours later ({@code retryable}). */
    FAIL_FOR_NOW,
    /** The message waits at the head of its thread and is tried again with growing gaps. */
    BACK_OFF,
    /** As {@link #BACK_OFF}, for this pair of account and candidate only: gaps of 4^X seconds, at most 64. */
    BACK_OFF_PAIR,
    /** The account is paused with the reason; the message waits with it. */
    PAUSE_ACCOUNT
}
