/** What every channel connector must hold, as tests to inherit. */
@NullMarked
package dev.parley.testkit.connector;

import org.jspecify.annotations.NullMarked;
