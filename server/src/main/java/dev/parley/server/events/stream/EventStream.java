package dev.parley.server.events.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.server.events.stream.StreamMeter.End;
import dev.parley.server.platform.http.OpenAnswer;
import dev.parley.server.platform.http.Outlet;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader's stream. While it is <em>live</em> the tail offers it what happens; when it does not keep up it is <em>behind</em>,
 * and is caught up from the log, so that what waits for it in memory has a bound. Its cursor only moves over what was written or
 * waits to be. Safe for use by many threads at once; nothing here blocks.
 */
final class EventStream implements OpenAnswer {

    private enum Place {
        BEHIND,
        LIVE,
        OVER
    }

    private enum Next {
        NOTHING,
        WRITE,
        CATCH_UP,
        END
    }

    private final StreamOwner owner;
    private final UUID organization;
    private final String tokenKey;
    private final EventFilter filter;
    private final LongSupplier ticker;
    private final FrameQueue waiting = new FrameQueue();
    private @Nullable Outlet outlet;
    private Place place = Place.BEHIND;
    private @Nullable End ending;
    private boolean writing;
    private boolean catching;
    private long since;
    private long cursor;
    private long told;

    /**
     * @param cursor events behind it are wanted
     * @param ticker nanoseconds of a clock that only goes forward
     */
    EventStream(
            StreamOwner owner,
            UUID organization,
            String tokenKey,
            EventFilter filter,
            long cursor,
            LongSupplier ticker) {
        this.owner = owner;
        this.organization = organization;
        this.tokenKey = tokenKey;
        this.filter = filter;
        this.cursor = cursor;
        this.ticker = ticker;
        this.since = ticker.getAsLong();
    }

    UUID organization() {
        return organization;
    }

    String tokenKey() {
        return tokenKey;
    }

    EventFilter filter() {
        return filter;
    }

    /** Everything up to here was written, or waits to be. */
    synchronized long cursor() {
        return cursor;
    }

    synchronized boolean isBehind() {
        return place == Place.BEHIND;
    }

    @Override
    public void open(Outlet opened) {
        synchronized (this) {
            outlet = opened;
            waiting.add(owner.greeting());
        }
        proceed();
    }

    @Override
    public void abandon() {
        over(End.GONE, null);
    }

    /** From now on the tail offers it what happens; false when it is over. */
    synchronized boolean goLive() {
        if (place == Place.OVER || ending != null) {
            return false;
        }
        place = Place.LIVE;
        return true;
    }

    /** It is to be caught up from where the tail left it. */
    void fallBehind(long leftAt) {
        synchronized (this) {
            if (place == Place.LIVE) {
                place = Place.BEHIND;
                cursor = Math.max(cursor, leftAt);
            }
        }
        proceed();
    }

    /**
     * What has happened, in order; all of its organization's events up to a position.
     *
     * @return how many of them it took
     */
    int offer(List<Frame> frames, long upTo) {
        int taken;
        boolean keepsUp;
        synchronized (this) {
            if (place != Place.LIVE) {
                return 0;
            }
            taken = take(frames, upTo);
            keepsUp = cursor >= upTo;
            place = keepsUp ? Place.LIVE : Place.BEHIND;
        }
        if (!keepsUp) {
            owner.fellBehind(this);
        }
        proceed();
        return taken;
    }

    /** The same read from the log for it alone. */
    void caughtUp(List<Frame> frames, long upTo) {
        synchronized (this) {
            if (place == Place.BEHIND) {
                take(frames, upTo);
            }
        }
    }

    /** The round of catching up is over. */
    void caught() {
        synchronized (this) {
            catching = false;
        }
        proceed();
    }

    private int take(List<Frame> frames, long upTo) {
        int taken = 0;
        for (Frame frame : frames) {
            if (frame.position() > cursor && filter.wants(frame.event())) {
                if (!waiting.offer(frame.bytes())) {
                    return taken;
                }
                cursor = frame.position();
                told = cursor;
                taken++;
            }
        }
        cursor = Math.max(cursor, upTo);
        return taken;
    }

    /**
     * Says that this side lives when it was silent for too long, and breaks off when the reader takes nothing.
     *
     * @param tail up to where the tail had offered everything before this call
     */
    void beat(StreamOptions options, long tail) {
        boolean stalled;
        synchronized (this) {
            long silent = ticker.getAsLong() - since;
            stalled = writing && silent >= options.patience().toNanos();
            if (!writing && waiting.isEmpty() && silent >= options.heartbeat().toNanos()) {
                waiting.add(heartbeat(tail));
            }
        }
        if (stalled) {
            cut();
        } else {
            proceed();
        }
    }

    /** Breaks it off: its reader takes nothing. */
    void cut() {
        Outlet broken = over(End.STALLED, null);
        if (broken != null) {
            broken.cut();
        }
    }

    /** With the cursor, so that a reader to whom little matters does not come back with a very old one. */
    private byte[] heartbeat(long tail) {
        if (place == Place.LIVE) {
            cursor = Math.max(cursor, tail);
        }
        boolean moved = cursor > told;
        told = cursor;
        return (moved ? ":\nid: " + cursor + "\n\n" : ":\n\n").getBytes(US_ASCII);
    }

    /** Ends it so that the reader comes back with the id of the last event that it got whole. */
    void finish(End why) {
        synchronized (this) {
            if (ending == null) {
                ending = why;
                waiting.clear();
            }
        }
        proceed();
    }

    private void written(boolean arrived) {
        synchronized (this) {
            writing = false;
            since = ticker.getAsLong();
        }
        if (arrived) {
            proceed();
        } else {
            over(End.GONE, null);
        }
    }

    private void proceed() {
        Outlet to;
        byte[] bytes = null;
        Next next;
        synchronized (this) {
            to = outlet;
            next = to == null ? Next.NOTHING : next();
            if (next == Next.WRITE) {
                bytes = waiting.takeAll();
                writing = true;
                since = ticker.getAsLong();
            } else if (next == Next.CATCH_UP) {
                catching = true;
            }
        }
        if (to == null) {
            return;
        }
        switch (next) {
            case NOTHING -> {}
            case WRITE -> {
                if (bytes != null) {
                    to.write(bytes, this::written);
                }
            }
            case CATCH_UP -> owner.catchUp(this);
            case END -> {
                Outlet ended = over(End.GONE, to);
                if (ended != null) {
                    ended.end();
                }
            }
        }
    }

    private Next next() {
        if (writing || place == Place.OVER) {
            return Next.NOTHING;
        }
        if (!waiting.isEmpty()) {
            return Next.WRITE;
        }
        if (ending != null) {
            return Next.END;
        }
        return place == Place.BEHIND && !catching ? Next.CATCH_UP : Next.NOTHING;
    }

    /** Nothing more is written; the outlet for whoever was first to say so. */
    private @Nullable Outlet over(End why, @Nullable Outlet known) {
        End reason;
        Outlet last;
        synchronized (this) {
            if (place == Place.OVER) {
                return null;
            }
            place = Place.OVER;
            waiting.clear();
            reason = ending == null ? why : ending;
            last = known == null ? outlet : known;
        }
        owner.over(this, reason);
        return last;
    }
}
