/** On whose behalf a thread works. */
@NullMarked
package dev.parley.server.platform.actor;

import org.jspecify.annotations.NullMarked;
