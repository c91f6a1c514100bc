/** Tests of the whole API, made from its declarations, its routes and its document: a new resource gets them for nothing. */
@NullMarked
package dev.parley.server.surface;

import org.jspecify.annotations.NullMarked;
