/** Network addresses. */
@NullMarked
package dev.parley.server.platform.net;

import org.jspecify.annotations.NullMarked;
