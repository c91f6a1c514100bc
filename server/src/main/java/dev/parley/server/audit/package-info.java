/** The audit log: who managed or destroyed what, in the transaction of the change. */
@NullMarked
package dev.parley.server.audit;

import org.jspecify.annotations.NullMarked;
