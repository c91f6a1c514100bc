/** What an organization may have of something at most, counted beside the work. */
@NullMarked
package dev.parley.server.platform.quota;

import org.jspecify.annotations.NullMarked;
