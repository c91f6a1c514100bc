/**
 * Coverage-guided fuzzing of everything that reads bytes from outside. A {@link dev.parley.server.fuzz.FuzzTarget} stands beside
 * what it drives; {@link dev.parley.server.fuzz.Targets} lists them all.
 */
@NullMarked
package dev.parley.server.fuzz;

import org.jspecify.annotations.NullMarked;
