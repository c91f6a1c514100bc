/** Erasing a person for good, in every copy. One of the few features that write what belongs to others. */
@NullMarked
package dev.parley.server.erasure;

import org.jspecify.annotations.NullMarked;
