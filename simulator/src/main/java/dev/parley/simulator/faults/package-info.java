/** Rules that make the simulator misbehave, and the plan they yield for one send. */
@NullMarked
package dev.parley.simulator.faults;

import org.jspecify.annotations.NullMarked;
