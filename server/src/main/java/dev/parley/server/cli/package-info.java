/** The command line: what each command takes, prints and returns. The work itself is done by the composition root. */
@NullMarked
package dev.parley.server.cli;

import org.jspecify.annotations.NullMarked;
