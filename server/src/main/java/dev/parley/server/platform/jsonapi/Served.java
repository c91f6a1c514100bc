package dev.parley.server.platform.jsonapi;

/** A resource that an organization can read, and what answers for it. */
record Served(ResourceType type, ResourceHandler handler, ResourceCalls calls) {}
