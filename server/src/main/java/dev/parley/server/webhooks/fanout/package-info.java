/** From the event log to deliveries: one reader for all organizations, in the order of positions. */
@NullMarked
package dev.parley.server.webhooks.fanout;

import org.jspecify.annotations.NullMarked;
