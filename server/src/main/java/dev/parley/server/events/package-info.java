/** The event log: every change of a resource, in the transaction of the change. */
@NullMarked
package dev.parley.server.events;

import org.jspecify.annotations.NullMarked;
