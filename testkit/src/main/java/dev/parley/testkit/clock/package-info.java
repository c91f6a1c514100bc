/** Time that a test moves by hand. */
@NullMarked
package dev.parley.testkit.clock;

import org.jspecify.annotations.NullMarked;
