package dev.parley.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and PostgreSQL, and counts what they ask: how often they wait for an answer, and how many statements they
 * have run. Neither depends on how fast the machine is. Encrypted connections are not understood, and tests have none.
 *
 * <p>Safe for several threads. Source: the frontend messages of PostgreSQL's protocol 3.
 */
public final class TrafficCounter implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final TestDatabase behind;
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder statements = new LongAdder();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * What was counted.
     *
     * @param roundTrips how often a client waited for the database
     * @param statements that were run, BEGIN and COMMIT among them
     */
    public record Traffic(long roundTrips, long statements) {

        /** What came after an earlier count. */
        public Traffic since(Traffic before) {
            return new Traffic(roundTrips - before.roundTrips, statements - before.statements);
        }
    }

    /** Listens at a port of its own, in front of a database. */
    public TrafficCounter(TestDatabase behind) {
        Matcher address = ADDRESS.matcher(behind.jdbcUrl());
        if (!address.find()) {
            throw new IllegalArgumentException("no host and port in the database's URL");
        }
        this.behind = behind;
        this.host = address.group(1);
        this.port = Integer.parseInt(address.group(2));
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("traffic").start(this::accept);
    }

    /** The same database, through here. Closing it would drop the database: close the one that was given. */
    public TestDatabase counted() {
        String url = ADDRESS.matcher(behind.jdbcUrl())
                .replaceFirst("//" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort() + "/");
        return new TestDatabase(behind.name(), url, behind.username(), behind.password());
    }

    /** What was counted until now. */
    public Traffic counts() {
        return new Traffic(roundTrips.sum(), statements.sum());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> pass(client, server, new FrontendMessages(roundTrips, statements)));
                Thread.ofVirtual().start(() -> pass(server, client, null));
            } catch (IOException e) {
                // Closed, or the database is away: the client sees its connection end.
            }
        }
    }

    private void pass(Socket from, Socket to, @Nullable FrontendMessages counter) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            for (int read; (read = from.getInputStream().read(buffer)) >= 0; ) {
                if (counter != null) {
                    counter.read(buffer, read);
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Either end has gone, and so does the other.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
