/**
 * Resources as they are declared, and everything that follows from a declaration: routes, reading and checking of
 * writes, lists, documents and errors (JSON:API 1.1 with the conventions of this server). Knows no feature.
 */
@NullMarked
package dev.parley.server.platform.jsonapi;

import org.jspecify.annotations.NullMarked;
