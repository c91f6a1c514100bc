/** The composition root: where the parts are made and joined, by hand. */
@NullMarked
package dev.parley.server.wiring;

import org.jspecify.annotations.NullMarked;
