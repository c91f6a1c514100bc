package dev.parley.server.platform.secrets;

/**
 * A secret from the data folder.
 *
 * @param justMade whether this very call made it; of several nodes that start together, one
 */
public record MadeSecret(Secret secret, boolean justMade) {}
