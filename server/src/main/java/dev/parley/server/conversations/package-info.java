/**
 * Conversations: threads as people work on them. Threads, messages and callbacks say what happened to a thread, in the transaction
 * in which it did; this keeps its conversation true.
 */
@NullMarked
package dev.parley.server.conversations;

import org.jspecify.annotations.NullMarked;
