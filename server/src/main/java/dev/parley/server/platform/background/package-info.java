/** Work that a node repeats. */
@NullMarked
package dev.parley.server.platform.background;

import org.jspecify.annotations.NullMarked;
