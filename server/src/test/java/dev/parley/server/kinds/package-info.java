/** Every kind of message, through the whole server. */
@NullMarked
package dev.parley.server.kinds;

import org.jspecify.annotations.NullMarked;
