package dev.parley.server.platform.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the large bodies of a route as they arrive, so that they are never held whole: what makes them large is put
 * elsewhere, and the handler sees the rest. Safe for use by many threads at once.
 */
public interface BodyIntake {

    /** Bodies of up to so many bytes are held in memory and do not come here. */
    int threshold();

    /** The most bytes that the handler sees of one. */
    long rest();

    /**
     * Begins with one body; waits a little for room.
     *
     * @return null when there is no room: the request is answered 503 with {@code Retry-After}
     */
    @Nullable
    Taking begin() throws InterruptedException;

    /** One body under way. Belongs to one thread. */
    interface Taking extends AutoCloseable {

        /**
         * Reads to the end of the body.
         *
         * @return what the handler is to see; null when that is too large to be held
         */
        byte @Nullable [] take(InputStream body) throws IOException;

        /** Gives up what was put elsewhere and not fetched; called after the handler, or after a failure. */
        @Override
        void close();
    }
}
