/** The server's entry point. */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
