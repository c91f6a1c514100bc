/** A fake messaging provider that speaks the real protocol over HTTP and misbehaves on demand. */
@NullMarked
package dev.parley.simulator;

import org.jspecify.annotations.NullMarked;
