/**
 * Webhooks: subscriptions ({@code /webhooks}), what became of each delivery ({@code /webhook-logs}), and sending again. {@code
 * fanout} makes deliveries of events, {@code delivery} sends them to their endpoints.
 */
@NullMarked
package dev.parley.server.webhooks;

import org.jspecify.annotations.NullMarked;
