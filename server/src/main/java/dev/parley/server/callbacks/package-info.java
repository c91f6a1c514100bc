/** From a provider's callback to our messages: verified, stored, answered, then applied in groups. */
@NullMarked
package dev.parley.server.callbacks;

import org.jspecify.annotations.NullMarked;
