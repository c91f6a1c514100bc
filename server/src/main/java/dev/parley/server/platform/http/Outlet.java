package dev.parley.server.platform.http;

import java.util.function.Consumer;

/**
 * Where the bytes of an {@link OpenAnswer} go. Nothing here blocks. One write at a time: the next one, and {@link #end}, only
 * after the one before has told what came of it. {@link #cut} may be called at any time, by any thread.
 */
public interface Outlet {

    /**
     * Writes.
     *
     * @param bytes not to be changed until they are written
     * @param then is told whether they were taken by the network, perhaps before this returns; it must not block. After false
     *     the caller is gone
     */
    void write(byte[] bytes, Consumer<Boolean> then);

    /** Ends the answer in a way that the caller takes for its proper end. */
    void end();

    /** Closes the connection; a write under way fails. */
    void cut();
}
