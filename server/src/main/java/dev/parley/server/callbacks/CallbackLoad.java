package dev.parley.server.callbacks;

/**
 * How many updates from providers are kept; each number ends at 10,000.
 *
 * @param pending that are still to be applied
 * @param parked that came before the answer they belong to
 * @param setAside that were not understood or could not be applied
 * @param oldestPendingSeconds since when the first of the pending waits; 0 when none does
 */
public record CallbackLoad(long pending, long parked, long setAside, double oldestPendingSeconds) {}
