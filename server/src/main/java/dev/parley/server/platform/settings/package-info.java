/**
 * The settings: one list of keys with defaults, units and meaning; read from flags, environment and file; every mistake
 * reported at once; the result a tree of typed records.
 */
@NullMarked
package dev.parley.server.platform.settings;

import org.jspecify.annotations.NullMarked;
