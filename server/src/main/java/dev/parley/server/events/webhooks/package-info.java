/** Webhooks: telling customers' systems of events. */
@NullMarked
package dev.parley.server.events.webhooks;

import org.jspecify.annotations.NullMarked;
