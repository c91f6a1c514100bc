package dev.parley.server.events.stream;

import dev.parley.server.events.Horizon;
import dev.parley.server.events.PositionStore;
import dev.parley.server.events.feed.EventJson;
import dev.parley.server.events.feed.LoggedEvent;
import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads the log once for all live streams of a node. Cycles are run by one thread at a time. */
final class TailReader {

    /** A transaction that holds the horizon back is waited for so long in one cycle. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** So many positions are read at once. */
    private static final long SPAN = 500;

    /** Further behind than this, streams are caught up one by one; so they are after each daily cut. */
    private static final long MOST_BEHIND = 50_000;

    private final Database database;
    private final Tail tail;
    private final EventJson json;
    private final InstantSource clock;
    private final StreamMeter meter;

    TailReader(Database database, Tail tail, EventJson json, InstantSource clock, StreamMeter meter) {
        this.database = database;
        this.tail = tail;
        this.json = json;
        this.clock = clock;
        this.meter = meter;
    }

    /** Offers everything up to the horizon; zero when there was nothing new. */
    int runOneCycle() throws InterruptedException {
        long last = database.call(PositionStore::last);
        if (last <= tail.position()) {
            return 0;
        }
        long horizon = Horizon.find(database, PATIENCE);
        if (horizon <= tail.position()) {
            return 0;
        }
        if (tail.organizations().isEmpty() || horizon - tail.position() > MOST_BEHIND) {
            tail.skip(horizon);
            return 1;
        }
        while (tail.position() < horizon) {
            offer(Math.min(horizon, tail.position() + SPAN));
        }
        return 1;
    }

    private void offer(long upTo) {
        Set<UUID> organizations = tail.organizations();
        long after = tail.position();
        Map<UUID, List<LoggedEvent>> read =
                database.call(connection -> TailStore.read(connection, after, upTo, organizations));
        Map<UUID, List<Frame>> frames = new HashMap<>();
        read.forEach((organization, events) -> frames.put(
                organization,
                events.stream()
                        .map(event -> new Frame(json, organization, event))
                        .toList()));
        int taken = tail.offer(frames, upTo);
        if (taken > 0) {
            meter.sent(taken, age(read));
        }
    }

    private Duration age(Map<UUID, List<LoggedEvent>> read) {
        Instant now = clock.instant();
        Instant first = now;
        for (List<LoggedEvent> events : read.values()) {
            Instant created = events.getFirst().createdAt();
            first = created.isBefore(first) ? created : first;
        }
        return Duration.between(first, now);
    }
}
