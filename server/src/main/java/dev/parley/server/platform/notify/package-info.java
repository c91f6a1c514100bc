/** Hints between the nodes of one database, and which of them live. */
@NullMarked
package dev.parley.server.platform.notify;

import org.jspecify.annotations.NullMarked;
