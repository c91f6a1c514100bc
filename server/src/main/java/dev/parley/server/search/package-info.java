/** Finding resources by words: entries made behind the event log, and the filter that asks for them. */
@NullMarked
package dev.parley.server.search;

import org.jspecify.annotations.NullMarked;
