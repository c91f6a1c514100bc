/** The node's clock beside the database's. */
@NullMarked
package dev.parley.server.platform.clock;

import org.jspecify.annotations.NullMarked;
