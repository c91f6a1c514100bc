package dev.parley.server.events.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Counts the places that streams take. Safe for use by many threads at once. */
final class StreamPlaces {

    /** Whether a stream may be opened. */
    enum Answer {
        GRANTED,
        ORGANIZATION_FULL,
        NODE_FULL,
        STOPPING
    }

    private final int perOrganization;
    private final int perNode;
    private final Map<UUID, Integer> taken = new HashMap<>();
    private int all;
    private boolean closed;

    StreamPlaces(int perOrganization, int perNode) {
        this.perOrganization = perOrganization;
        this.perNode = perNode;
    }

    /** Whether there is a place, without taking it. */
    synchronized Answer look(UUID organization) {
        if (closed) {
            return Answer.STOPPING;
        }
        if (all >= perNode) {
            return Answer.NODE_FULL;
        }
        return taken.getOrDefault(organization, 0) >= perOrganization ? Answer.ORGANIZATION_FULL : Answer.GRANTED;
    }

    /** Takes a place where there is one; {@link #free} gives it back. */
    synchronized Answer take(UUID organization) {
        Answer answer = look(organization);
        if (answer == Answer.GRANTED) {
            taken.merge(organization, 1, Integer::sum);
            all++;
        }
        return answer;
    }

    synchronized void free(UUID organization) {
        taken.computeIfPresent(organization, (id, count) -> count == 1 ? null : count - 1);
        all--;
    }

    synchronized int all() {
        return all;
    }

    synchronized void close() {
        closed = true;
    }
}
