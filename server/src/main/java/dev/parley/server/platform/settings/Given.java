package dev.parley.server.platform.settings;

/**
 * A value as somebody wrote it.
 *
 * @param origin what to call the place in a mistake: {@code PARLEY_PORT}, {@code --port}, {@code port in parley.yaml}
 */
record Given(String origin, String text) {}
