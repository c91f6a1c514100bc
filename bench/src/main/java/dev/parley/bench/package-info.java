/** Measures Parley: a lean load generator, the processes it is pointed at, and the table of figures. Started by {@code bench/run}. */
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
