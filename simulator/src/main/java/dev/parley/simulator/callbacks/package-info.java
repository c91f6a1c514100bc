/** Posting updates to the server under test: signing, batching, retrying. */
@NullMarked
package dev.parley.simulator.callbacks;

import org.jspecify.annotations.NullMarked;
