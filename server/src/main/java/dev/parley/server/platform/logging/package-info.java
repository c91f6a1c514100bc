/** Log lines: for people or as JSON, on standard error, without values that may be personal or secret. */
@NullMarked
package dev.parley.server.platform.logging;

import org.jspecify.annotations.NullMarked;
