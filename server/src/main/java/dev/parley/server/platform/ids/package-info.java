/** Ids. */
@NullMarked
package dev.parley.server.platform.ids;

import org.jspecify.annotations.NullMarked;
