/** Reading the event log from outside: who missed something pulls it. */
@NullMarked
package dev.parley.server.events.feed;

import org.jspecify.annotations.NullMarked;
