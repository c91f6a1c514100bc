package dev.parley.server.events.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The streams that are live, and the position up to which they were offered everything. A stream joins when its cursor is not
 * behind that position, under the lock under which the position moves: so it misses nothing and gets nothing twice. Safe for use
 * by many threads at once.
 */
final class Tail {

    private final Map<UUID, Set<EventStream>> live = new HashMap<>();
    private volatile long position;

    /** Up to here every live stream was offered everything. It is a horizon of the log. */
    long position() {
        return position;
    }

    synchronized Set<UUID> organizations() {
        return Set.copyOf(live.keySet());
    }

    /** Joins; false when it must be caught up further, or is over. */
    synchronized boolean join(EventStream stream) {
        if (stream.cursor() < position || !stream.goLive()) {
            return false;
        }
        live.computeIfAbsent(stream.organization(), added -> new HashSet<>()).add(stream);
        return true;
    }

    synchronized void leave(EventStream stream) {
        Set<EventStream> streams = live.get(stream.organization());
        if (streams != null && streams.remove(stream) && streams.isEmpty()) {
            live.remove(stream.organization());
        }
    }

    /** A horizon was found: where nobody is live there is nothing to be offered before it. */
    synchronized void reached(long horizon) {
        if (live.isEmpty() && horizon > position) {
            position = horizon;
        }
    }

    /**
     * Offers what has happened since {@link #position}; how many events were taken in all.
     *
     * @param frames of organizations with live streams, in order
     */
    synchronized int offer(Map<UUID, List<Frame>> frames, long upTo) {
        int taken = 0;
        for (Map.Entry<UUID, List<Frame>> entry : frames.entrySet()) {
            // A copy: who does not keep up leaves meanwhile.
            for (EventStream stream : List.copyOf(live.getOrDefault(entry.getKey(), Set.of()))) {
                taken += stream.offer(entry.getValue(), upTo);
            }
        }
        position = upTo;
        return taken;
    }

    /** Too much has happened to be offered: every stream is caught up by itself. */
    synchronized void skip(long horizon) {
        List<EventStream> streams = new ArrayList<>();
        live.values().forEach(streams::addAll);
        live.clear();
        // Before the position moves: what is live is taken to have been offered everything up to it.
        streams.forEach(stream -> stream.fallBehind(position));
        position = horizon;
    }
}
