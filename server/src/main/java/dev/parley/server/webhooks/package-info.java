/**
 * Webhooks as callers see them: subscriptions ({@code /webhooks}), what became of each delivery ({@code /webhook-logs}), and
 * sending again. Owns the tables {@code webhooks} and {@code webhook_moves}, and makes the rows of {@code webhook_endpoints};
 * what happens to an endpoint and its deliveries afterwards belongs to whoever sends.
 */
@NullMarked
package dev.parley.server.webhooks;

import org.jspecify.annotations.NullMarked;
