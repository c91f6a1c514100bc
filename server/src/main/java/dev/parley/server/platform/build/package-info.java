/** What was built. */
@NullMarked
package dev.parley.server.platform.build;

import org.jspecify.annotations.NullMarked;
