package dev.parley.server.platform.http;

/**
 * One parameter of the query, decoded.
 *
 * @param name what is left of the first equals sign
 * @param value what is right of it; empty without one
 */
public record QueryParameter(String name, String value) {

    /** The name alone: a value may be personal data. */
    @Override
    public String toString() {
        return name;
    }
}
