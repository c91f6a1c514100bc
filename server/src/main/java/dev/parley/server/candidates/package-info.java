/** Candidates: the people that an organization talks to; and users: those of its people whom they are assigned to. */
@NullMarked
package dev.parley.server.candidates;

import org.jspecify.annotations.NullMarked;
