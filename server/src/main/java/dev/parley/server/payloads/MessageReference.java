package dev.parley.server.payloads;

import java.util.UUID;

/**
 * A message that a payload names.
 *
 * @param pointer where it is named
 * @param reaction whether it is reacted to: then it may be no reaction itself, and not older than 30 days
 */
public record MessageReference(UUID messageId, String pointer, boolean reaction) {}
