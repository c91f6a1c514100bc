/** A real PostgreSQL for tests, shared by all of one test JVM, with a database of its own for each test. */
@NullMarked
package dev.parley.testkit.postgres;

import org.jspecify.annotations.NullMarked;
