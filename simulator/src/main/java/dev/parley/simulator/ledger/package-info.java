/** What was accepted, in order, and what was called back about it. */
@NullMarked
package dev.parley.simulator.ledger;

import org.jspecify.annotations.NullMarked;
