package dev.parley.simulator.http;

import java.net.URI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** A running HTTP/1.1 server with keep-alive; each request has a virtual thread, of which there is a bounded number. */
public final class HttpServer implements AutoCloseable {

    private static final int MAX_PLATFORM_THREADS = 32;
    private static final int MAX_CONCURRENT_REQUESTS = 8192;
    private static final long IDLE_MILLIS = 300_000;
    private static final int BACKLOG = 4096;

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts listening.
     *
     * @param host the address to listen on
     * @param port the port, 0 for any free one
     * @throws IllegalStateException if the address cannot be bound
     */
    public static HttpServer start(String host, int port, Endpoint endpoint) {
        var server = new Server(threads());
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(true);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        server.setHandler(new HttpFront(endpoint));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("cannot listen on " + host + ":" + port + "; is the port in use?", e);
        }
        return new HttpServer(server, connector);
    }

    /** The address that clients use, without a trailing slash. */
    public URI url() {
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    /** Stops listening and cuts what is open. */
    @Override
    public void close() {
        try {
            server.setStopTimeout(0);
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the simulator's HTTP server did not stop", e);
        }
    }

    private static QueuedThreadPool threads() {
        var virtual = new VirtualThreadPool(MAX_CONCURRENT_REQUESTS);
        virtual.setName("simulator-request");
        var pool = new QueuedThreadPool(MAX_PLATFORM_THREADS);
        pool.setName("simulator");
        pool.setVirtualThreadsExecutor(virtual);
        return pool;
    }
}
