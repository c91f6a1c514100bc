package dev.parley.connector;

/** What became of telling a provider that something was read. */
public enum ReceiptResult {
    /** The provider knows. */
    TOLD,
    /** The provider will never take it, for example because it no longer knows the message. */
    REFUSED,
    /** It may be tried again later. */
    FAILED
}
