package dev.parley.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Many open streams, read by one thread that counts the events which come. Controlled by one other thread. */
final class IdleStreams implements AutoCloseable {

    /** Fewer than one address has ports. */
    private static final int PER_ADDRESS = 5_000;

    private static final byte[] MARK = "\ndata: ".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread reader;
    private volatile boolean closed;
    private volatile int came;
    private volatile long first;
    private volatile long last;
    private int opened;

    private IdleStreams() throws IOException {
        selector = Selector.open();
        reader = Thread.ofPlatform().daemon().name("streams").unstarted(this::read);
    }

    static IdleStreams open(URI server, String token, int count) throws IOException, InterruptedException {
        IdleStreams streams = new IdleStreams();
        byte[] request = ("GET /public/v2/events/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer answer = ByteBuffer.allocate(4096);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 8192);
            channel.bind(new InetSocketAddress(loopback(2 + i / PER_ADDRESS), 0));
            channel.connect(new InetSocketAddress(loopback(1), server.getPort()));
            channel.write(ByteBuffer.wrap(request));
            answer.clear();
            if (channel.read(answer) < 0
                    || !new String(answer.array(), 0, 15, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200")) {
                throw new IOException("stream " + i + " was refused: "
                        + new String(answer.array(), 0, Math.max(0, answer.position()), StandardCharsets.US_ASCII));
            }
            channel.configureBlocking(false);
            channel.register(streams.selector, SelectionKey.OP_READ);
            streams.channels.add(channel);
            streams.opened++;
        }
        streams.reader.start();
        return streams;
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    int count() {
        return opened;
    }

    /** From now on the events of one round are counted. */
    void expect() {
        came = 0;
        first = 0;
    }

    void await(int events) throws IOException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (came < events) {
            if (System.nanoTime() > patience) {
                throw new IOException("only " + came + " of " + events + " streams got the event");
            }
            LockSupport.parkNanos(500_000);
        }
    }

    /** When the first of the round came. */
    long first() {
        return first;
    }

    /** When the last of it came. */
    long last() {
        return last;
    }

    private void read() {
        ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
        try {
            while (!closed) {
                selector.select(key -> take(key, bytes));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only this thread writes while a round is under way
    private void take(SelectionKey key, ByteBuffer bytes) {
        try {
            bytes.clear();
            if (((SocketChannel) key.channel()).read(bytes) < 0) {
                key.cancel();
                return;
            }
        } catch (IOException broken) {
            key.cancel();
            return;
        }
        int events = marks(bytes);
        if (events > 0) {
            long now = System.nanoTime();
            first = came == 0 ? now : first;
            last = now;
            came += events;
        }
    }

    private static int marks(ByteBuffer bytes) {
        int found = 0;
        for (int at = 0; at + MARK.length <= bytes.position(); at++) {
            int same = 0;
            while (same < MARK.length && bytes.get(at + same) == MARK[same]) {
                same++;
            }
            found += same == MARK.length ? 1 : 0;
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
