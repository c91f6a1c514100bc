package dev.parley.server.platform.jsonapi;

/** What came of looking for one resource. */
public sealed interface Found {
    /** It is there. */
    record One(Resource resource) implements Found {}

    /** There is none with this id, or it is somebody else's. */
    record Missing() implements Found {}
}
