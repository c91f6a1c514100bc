package dev.parley.server.webhooks.delivery;

/**
 * What is to be delivered, over all organizations.
 *
 * @param pending deliveries, up to 10,000 that were not tried and as many that are to be tried again
 * @param oldestSeconds since when the oldest of those that were not tried waits
 * @param openCircuits endpoints that are left alone for a while
 * @param paused endpoints that failed for days
 * @param position up to where the event log was read
 */
public record DeliveryLoad(long pending, double oldestSeconds, long openCircuits, long paused, long position) {}
