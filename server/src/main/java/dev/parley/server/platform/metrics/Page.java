package dev.parley.server.platform.metrics;

/** An answer of the management port. */
public record Page(int status, String contentType, String body) {}
