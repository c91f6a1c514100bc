package dev.parley.server.platform.jsonapi;

/** How a POST is kept from being done twice when it comes again with the same idempotency key. */
public enum Keyed {
    /** What it does and what it answers are one transaction. */
    TRANSACTION,
    /** It has transactions of its own, and doing it again does no harm: that is what follows when its node died. */
    REPEATABLE,
    /** Somebody else is called on the way: when its node died nobody knows what came of it, and it isn't done again. */
    ONCE,
    /** It looks after the key itself: see {@link RequestContext#keyHash()}. */
    OWN
}
