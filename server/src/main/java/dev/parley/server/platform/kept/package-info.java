/** Answers that are kept for idempotency keys. */
@NullMarked
package dev.parley.server.platform.kept;

import org.jspecify.annotations.NullMarked;
