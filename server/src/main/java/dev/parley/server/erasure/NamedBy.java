package dev.parley.server.erasure;

import java.util.UUID;

/**
 * That an update of a provider names somebody.
 *
 * @param update the row it came in; later ones have greater ids
 * @param value by which it names them
 */
public record NamedBy(UUID organizationId, long update, String value) {
    @Override
    public String toString() {
        return "NamedBy[update=" + update + "]";
    }
}
