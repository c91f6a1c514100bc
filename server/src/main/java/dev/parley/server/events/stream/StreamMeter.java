package dev.parley.server.events.stream;

import java.time.Duration;

/** Counts what becomes of streams. Safe for use by many threads at once. */
public interface StreamMeter {

    /** Counts nothing. */
    StreamMeter NONE = new StreamMeter() {
        @Override
        public void sent(int events, Duration age) {}

        @Override
        public void ended(End end) {}

        @Override
        public void refused() {}

        @Override
        public void fellBehind() {}
    };

    /** Why a stream ended. */
    enum End {
        /** The reader went away. */
        GONE,
        /** The reader took nothing for too long. */
        STALLED,
        /** Its token does not hold any more. */
        TOKEN,
        /** This node stops. */
        STOPPING,
        /** The log could not be read. */
        UNREADABLE
    }

    /**
     * Events were handed to a stream as they happened.
     *
     * @param age of the first of them, by the clocks of the nodes that wrote and sent it; never negative
     */
    void sent(int events, Duration age);

    /** A stream ended. */
    void ended(End end);

    /** A stream was refused, for as many are open as may be. */
    void refused();

    /** A reader did not keep up, and is caught up from the log. */
    void fellBehind();
}
