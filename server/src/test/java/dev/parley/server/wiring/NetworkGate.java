package dev.parley.server.wiring;

import dev.parley.testkit.postgres.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NullUnmarked;

/** Stands between a server and its database or its provider, and does what networks do: stops passing bytes, cuts, slows down. */
@NullUnmarked
public final class NetworkGate implements AutoCloseable {

    private enum Way {
        OPEN,
        HELD,
        CUT
    }

    private final int port;
    private final URI target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Way way = Way.OPEN;
    private volatile Duration delay = Duration.ZERO;
    private volatile ServerSocket listener;

    NetworkGate(TestDatabase behind) throws IOException {
        this(URI.create(behind.jdbcUrl().substring("jdbc:".length())));
    }

    /** @param target host and port of what is behind it */
    public NetworkGate(URI target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = listener.getLocalPort();
        listen();
    }

    private void listen() {
        ServerSocket on = listener;
        Thread.ofVirtual().start(() -> accept(on));
    }

    /** By which a client comes through it, on this machine. */
    public int port() {
        return port;
    }

    /** For what speaks HTTP. */
    String httpUrl() {
        return "http://127.0.0.1:" + port;
    }

    /** What a server with this role passes as {@code databaseUrl}. */
    String url(String role, String password) {
        return "jdbc:postgresql://127.0.0.1:" + port + target.getPath() + "?user=" + role + "&password=" + password;
    }

    /** No byte passes any more, and nobody is told: connections stay, new ones are taken and hear nothing. */
    void hold() {
        to(Way.HELD);
    }

    /** Every connection ends, bytes that were held are lost, and new ones end at once. */
    void cut() {
        to(Way.CUT);
        sockets.forEach(NetworkGate::close);
    }

    /** Every connection ends, and nobody listens any more: new ones are refused. */
    void shut() throws IOException {
        listener.close();
        cut();
    }

    /** Somebody listens again. */
    void reopen() throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        open();
        listen();
    }

    /** All is well again; what was held passes. */
    void open() {
        to(Way.OPEN);
    }

    /** Each piece of an answer comes later by so much. */
    public void slowBy(Duration each) {
        delay = each;
    }

    private void to(Way next) {
        lock.lock();
        try {
            way = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket on) {
        while (!on.isClosed()) {
            try {
                Socket client = on.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        try {
            awaitLetThrough();
            Socket server = new Socket(target.getHost(), target.getPort());
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pass(client, server, false));
            pass(server, client, true);
        } catch (IOException | InterruptedException e) {
            close(client);
        }
    }

    private void pass(Socket from, Socket to, boolean slowed) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (slowed) {
                    awaitDelay();
                }
                awaitLetThrough();
                out.write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException e) {
            // Either end has gone, and so does the other.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitDelay() throws InterruptedException {
        long nanos = delay.toNanos();
        lock.lock();
        try {
            while (nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitLetThrough() throws IOException, InterruptedException {
        lock.lock();
        try {
            while (way == Way.HELD) {
                boolean _ = changed.await(1, TimeUnit.SECONDS);
            }
            if (way == Way.CUT) {
                throw new IOException("cut");
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        cut();
        listener.close();
    }
}
