package dev.parley.server.platform.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/**
 * Stands between a client and PostgreSQL and can cut a connection between its first COMMIT and the answer. Later ones are
 * sent by the name of a prepared statement, which it does not know.
 */
@NullUnmarked
public final class CuttingProxy implements AutoCloseable {

    /** The driver's own, or ours behind what it commits. */
    private static final Pattern COMMIT = Pattern.compile("\\bcommit\\b", Pattern.CASE_INSENSITIVE);

    private final ServerSocket listener;
    private final URI target;
    private final AtomicBoolean cutNextCommit = new AtomicBoolean();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean forGood;
    private volatile boolean refusing;

    /** @param jdbcUrl of what is behind it */
    public CuttingProxy(String jdbcUrl) throws IOException {
        target = URI.create(jdbcUrl.substring("jdbc:".length()));
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** By which a client comes through it. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + target.getPath();
    }

    /** The next COMMIT reaches PostgreSQL, which commits; its answer is lost, and with it the connection. */
    public void cutNextCommit() {
        cutNextCommit.set(true);
    }

    /** The same, and no new connection is let through until {@link #mend}. */
    public void cutNextCommitForGood() {
        forGood = true;
        cutNextCommit.set(true);
    }

    /** Lets connections through again. */
    public void mend() {
        refusing = false;
    }

    /** How many connections were cut in COMMIT. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(target.getHost(), target.getPort());
                AtomicBoolean lost = new AtomicBoolean();
                Thread.startVirtualThread(() -> toServer(client, server, lost));
                Thread.startVirtualThread(() -> toClient(client, server, lost));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void toServer(Socket client, Socket server, AtomicBoolean lost) {
        try (client;
                server) {
            byte[] buffer = new byte[64 * 1024];
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                boolean commit = COMMIT.matcher(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))
                        .find();
                if (commit && cutNextCommit.compareAndSet(true, false)) {
                    refusing = forGood;
                    cuts.incrementAndGet();
                    lost.set(true);
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException cut) {
            // either end has gone
        }
    }

    private static void toClient(Socket client, Socket server, AtomicBoolean lost) {
        try (client;
                server) {
            byte[] buffer = new byte[64 * 1024];
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int read = in.read(buffer); read >= 0 && !lost.get(); read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException cut) {
            // either end has gone
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
