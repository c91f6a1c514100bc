package dev.parley.server.events.stream;

import dev.parley.server.events.stream.StreamMeter.End;

/** What a stream tells whoever keeps it. Called by many threads, never under a stream's lock; must not block. */
interface StreamOwner {

    /** The first bytes of a stream. */
    byte[] greeting();

    /** It wants to be caught up; {@link EventStream#caught} tells when that was done. */
    void catchUp(EventStream stream);

    /** It does not keep up, and leaves the tail. */
    void fellBehind(EventStream stream);

    /** It has ended; told once. */
    void over(EventStream stream, End why);
}
