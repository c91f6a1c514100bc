package dev.parley.server.platform.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/** A socket that counts the bytes which the operating system took from us: what was not taken can't have left. */
final class CountingEndPoint extends SocketChannelEndPoint {

    /** Written by the one thread that flushes at a time. */
    private volatile long taken;

    private volatile boolean flushing;

    CountingEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // flushes of one socket never overlap
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = remaining(buffers);
        flushing = true;
        try {
            return super.flush(buffers);
        } finally {
            taken += before - remaining(buffers);
            flushing = false;
        }
    }

    long taken() {
        return taken;
    }

    /**
     * Closes the socket and says whether it has taken nothing since it had taken {@code before}. Closing comes first:
     * after it no byte can follow, and a flush that is just under way counts as one.
     */
    boolean closeUntouchedSince(long before) {
        close();
        return !flushing && taken == before;
    }

    private static long remaining(ByteBuffer... buffers) {
        long sum = 0;
        for (ByteBuffer buffer : buffers) {
            sum += buffer.remaining();
        }
        return sum;
    }
}
