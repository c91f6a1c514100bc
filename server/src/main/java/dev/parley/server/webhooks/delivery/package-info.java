/** From deliveries to customers' systems: a node owns an endpoint, keeps its order, and records what became of each try. */
@NullMarked
package dev.parley.server.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
