package dev.parley.testkit.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a candidate wrote.
 *
 * @param threadId where it belongs
 * @param file above its text, null without one
 */
record Reply(String threadId, @Nullable Attachment file) {}
