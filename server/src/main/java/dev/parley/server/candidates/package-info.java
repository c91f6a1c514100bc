/** Candidates: the people that an organization talks to. */
@NullMarked
package dev.parley.server.candidates;

import org.jspecify.annotations.NullMarked;
