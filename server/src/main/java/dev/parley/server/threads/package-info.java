/** Message threads: one person on one channel, by which addresses a provider names that person, windows, and merging. */
@NullMarked
package dev.parley.server.threads;

import org.jspecify.annotations.NullMarked;
