package dev.parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider that takes every message at once and calls nothing back: WhatsApp's Cloud API for a POST, an HTTP gateway of texts for
 * a GET. Notes when each message was there. Safe for several threads; what is counted is set before a load.
 */
final class FastDoor implements AutoCloseable {

    private final ServerSocket socket;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger scheduled = new AtomicInteger();
    private final AtomicInteger scheduledAgain = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong();
    private volatile AtomicLongArray micros = new AtomicLongArray(0);
    private volatile AtomicIntegerArray times = new AtomicIntegerArray(0);

    private FastDoor(ServerSocket socket) {
        this.socket = socket;
    }

    static FastDoor open() throws IOException {
        FastDoor door = new FastDoor(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("door").start(door::accept);
        return door;
    }

    int port() {
        return socket.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Counts anew: messages with the numbers from 0 on. */
    void expect(int messages) {
        micros = new AtomicLongArray(messages);
        arrived.set(0);
        repeated.set(0);
    }

    /** Of the expected ones, each counted once. */
    int arrived() {
        return arrived.get();
    }

    /** Of the expected ones, how often one came again. */
    int repeated() {
        return repeated.get();
    }

    /** Counts {@link Scheduled} messages as well, with the numbers from 0 on. */
    void expectScheduled(int messages) {
        times = new AtomicIntegerArray(messages);
    }

    /** Of those, each counted once. */
    int scheduled() {
        return scheduled.get();
    }

    /** Of those, how often one came again. */
    int scheduledAgain() {
        return scheduledAgain.get();
    }

    /** Requests since the door was opened. */
    long all() {
        return ids.get();
    }

    /** Waits until as many are there; how many were after that time at most. */
    int await(int messages, int seconds) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (arrived() < messages && System.nanoTime() < patience) {
            LockSupport.parkNanos(2_000_000);
        }
        return arrived();
    }

    /** Microseconds since the epoch of each; 0 where it did not come. */
    long[] micros() {
        AtomicLongArray from = micros;
        long[] copy = new long[from.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = from.get(i);
        }
        return copy;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                // A virtual one would cost a poller and a carrier beside what is measured.
                Thread.ofPlatform().daemon().name("door-connection").start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // Nobody is served any more.
        }
    }

    private void serve(Socket connection) {
        DoorRequest request = new DoorRequest();
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            while (request.read(in)) {
                note(request.number());
                noteScheduled(request.scheduled());
                out.write(request.answer(ids.incrementAndGet()));
            }
        } catch (SocketException gone) {
            // The sender, or this door, has ended.
        } catch (IOException e) {
            throw new IllegalStateException("the door understood nothing", e);
        }
    }

    private void note(int number) {
        AtomicLongArray known = micros;
        if (number >= 0 && number < known.length()) {
            (known.compareAndSet(number, 0, OpenLoop.micros()) ? arrived : repeated).incrementAndGet();
        }
    }

    private void noteScheduled(int number) {
        AtomicIntegerArray known = times;
        if (number >= 0 && number < known.length()) {
            (known.getAndIncrement(number) == 0 ? scheduled : scheduledAgain).incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
