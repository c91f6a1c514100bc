package dev.parley.server.platform.kept;

/** What a request finds that comes with a key. */
sealed interface Claim {

    /** It is the first, and has the lease. */
    record Mine() implements Claim {}

    /** The first one had another body. */
    record Reused() implements Claim {}

    /** The first one is under way. */
    record Running() implements Claim {}

    /** The first one's node died, and what it did can't be known. */
    record Lost() implements Claim {}

    /** The first one was answered so. */
    record Answered(KeptAnswer answer) implements Claim {}
}
