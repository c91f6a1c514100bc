package dev.parley.server.platform.jsonapi;

/** A resource that operations can be done with. */
record Operand(ResourceType type, ResourceHandler handler) {}
