/**
 * A real PostgreSQL, kept as a child process of this one: unpacked, initialised, started, watched, stopped.
 *
 * <p>The binaries come from the class path; nothing needs to be installed. {@link dev.parley.postgres.PostgresServer}
 * is the way in.
 */
@NullMarked
package dev.parley.postgres;

import org.jspecify.annotations.NullMarked;
