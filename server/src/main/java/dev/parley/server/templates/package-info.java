/**
 * Message templates: handed in to the provider for approval, kept true by its callbacks and by a synchronisation, and checked
 * and filled in when one is sent.
 */
@NullMarked
package dev.parley.server.templates;

import org.jspecify.annotations.NullMarked;
