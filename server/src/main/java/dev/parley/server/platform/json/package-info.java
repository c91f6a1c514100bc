/** JSON and times in their one written form. */
@NullMarked
package dev.parley.server.platform.json;

import org.jspecify.annotations.NullMarked;
