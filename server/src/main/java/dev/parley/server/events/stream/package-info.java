/** Live streams: the event log as server-sent events, one tail reader per node for all of them. */
@NullMarked
package dev.parley.server.events.stream;

import org.jspecify.annotations.NullMarked;
