/** Texts that people write. */
@NullMarked
package dev.parley.server.platform.text;

import org.jspecify.annotations.NullMarked;
