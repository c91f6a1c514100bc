package dev.parley.server.events.stream;

import java.time.Duration;
import java.util.List;

/**
 * What streams may take.
 *
 * @param perOrganization most streams of one organization at once, on this node
 * @param perNode most streams at once, on this node
 * @param heartbeat after so much silence something is sent, so that both sides see that the other lives
 * @param patience for so long may a reader take nothing of what was written for it
 * @param origins of web pages that may open a stream; {@code *} for any
 */
public record StreamOptions(
        int perOrganization, int perNode, Duration heartbeat, Duration patience, List<String> origins) {

    public StreamOptions {
        origins = List.copyOf(origins);
    }

    /** Whether a page of that origin may read a stream. */
    boolean allows(String origin) {
        return origins.contains("*") || origins.contains(origin);
    }
}
