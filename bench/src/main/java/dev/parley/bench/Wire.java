package dev.parley.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One keep-alive connection of many that one thread serves. Not thread-safe. */
final class Wire implements AutoCloseable {

    private final SocketChannel channel;
    private final HttpAnswer answer = new HttpAnswer();
    private long sentAt;

    private Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects, and has the selector tell when an answer comes: the key's attachment is the wire. */
    static Wire connect(String host, int port, Selector selector) throws IOException {
        Wire wire = new Wire(SocketChannel.open(new InetSocketAddress(host, port)));
        wire.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        wire.channel.configureBlocking(false);
        wire.channel.register(selector, SelectionKey.OP_READ, wire);
        return wire;
    }

    /** Sends a whole request; one that fits the socket's buffer, as all of ours do, goes out at once. */
    void send(byte[] request) throws IOException {
        answer.clear();
        sentAt = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads what has come; whether the answer is whole now. */
    boolean read() throws IOException {
        answer.read(channel);
        return answer.isWhole();
    }

    int status() {
        return answer.status();
    }

    /** When the request was sent, in {@link System#nanoTime}. */
    long sentAt() {
        return sentAt;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
