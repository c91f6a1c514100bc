/** Messages: what was asked, how far it has come, and the rules by which that changes. */
@NullMarked
package dev.parley.server.messages;

import org.jspecify.annotations.NullMarked;
