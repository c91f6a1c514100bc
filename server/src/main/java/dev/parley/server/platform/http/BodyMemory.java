package dev.parley.server.platform.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies are held at once, of all requests together; what is beyond the limit is not taken. Safe for use by
 * many threads at once.
 */
final class BodyMemory {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /** @param limit in bytes */
    BodyMemory(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    long held() {
        return held.get();
    }

    /** Whether so many bytes are free at this moment; takes none of them. */
    boolean hasRoomFor(long bytes) {
        return bytes <= limit - held.get();
    }

    /** Takes so many bytes; false when there are not as many left. */
    boolean take(long bytes) {
        long before = held.get();
        while (bytes <= limit - before) {
            if (held.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = held.get();
        }
        return false;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
