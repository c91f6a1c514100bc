/** What must not be told to anybody: held against the whole server. */
@NullMarked
package dev.parley.server.privacy;

import org.jspecify.annotations.NullMarked;
