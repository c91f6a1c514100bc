/** The control interface under /_control, and the phone to type on. */
@NullMarked
package dev.parley.simulator.control;

import org.jspecify.annotations.NullMarked;
