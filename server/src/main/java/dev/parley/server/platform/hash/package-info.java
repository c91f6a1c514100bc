/** Hashes. */
@NullMarked
package dev.parley.server.platform.hash;

import org.jspecify.annotations.NullMarked;
