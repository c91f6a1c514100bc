/** What must stay secret: the type that cannot be printed, the box that encrypts, the folder that keeps the keys. */
@NullMarked
package dev.parley.server.platform.secrets;

import org.jspecify.annotations.NullMarked;
