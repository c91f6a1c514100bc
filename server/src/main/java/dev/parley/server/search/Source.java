package dev.parley.server.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a resource is found by.
 *
 * @param words of letters and digits; none when it is found by nothing
 */
record Source(UUID organizationId, String type, UUID id, Instant createdAt, List<String> words) {

    /** Without the words. */
    @Override
    public String toString() {
        return "Source[" + type + " " + id + "]";
    }
}
