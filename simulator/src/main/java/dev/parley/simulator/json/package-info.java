/** Reading and writing JSON: the one mapper, and strict reading of a control request's members. */
@NullMarked
package dev.parley.simulator.json;

import org.jspecify.annotations.NullMarked;
