package dev.parley.server.platform.http;

import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** A listening server. Handlers run on virtual threads; the few platform threads only select and accept. */
public final class HttpServer implements AutoCloseable {

    private static final int PLATFORM_THREADS = 32;

    private final Server server;
    private final ServerConnector connector;
    private final Deadlines deadlines;
    private final HttpOptions options;
    private final Workload load;
    private final List<Route> routes;

    private HttpServer(
            Server server,
            ServerConnector connector,
            Deadlines deadlines,
            HttpOptions options,
            Workload load,
            List<Route> routes) {
        this.load = load;
        this.server = server;
        this.connector = connector;
        this.deadlines = deadlines;
        this.options = options;
        this.routes = List.copyOf(routes);
    }

    /**
     * Starts listening.
     *
     * @param routes all of them; two for one method and path are a mistake
     * @throws IllegalArgumentException for contradicting routes
     * @throws Exception when the address cannot be listened on
     */
    public static HttpServer start(HttpOptions options, HttpEdge edge, List<Route> routes) throws Exception {
        RequestIds ids = new RequestIds(edge.requestIds());
        Connections connections = new Connections(
                options.idleTimeout().multipliedBy(2), options.requestDeadline(), options.slowest(), new TooSlow(edge));
        Deadlines deadlines = new Deadlines(connections::runOneCycle);
        Workload load = new Workload(new BodyMemory(options.bodyMemory()), options.maxRequests(), connections);
        Dispatcher dispatcher = new Dispatcher(new RouteTable(routes), options, edge, ids, deadlines, load);
        Server server = new Server(threads());
        ServerConnector connector = connector(server, options);
        connector.addEventListener(connections);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(options.maxConnections(), connector));
        server.setHandler(new GracefulHandler(dispatcher));
        server.setErrorHandler(errors(edge, ids));
        server.setStopTimeout(options.stopTimeout().toMillis());
        HttpServer started = new HttpServer(server, connector, deadlines, options, load, routes);
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
        deadlines.start();
        return started;
    }

    /** The port listened on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** All that is served. */
    public List<Route> routes() {
        return routes;
    }

    /** Where the server can be reached from its own machine, without a slash at the end. */
    public String url() {
        String host = options.host().equals("0.0.0.0") || options.host().equals("::") ? "127.0.0.1" : options.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** What is under way. */
    public Workload load() {
        return load;
    }

    /** Stops accepting, lets requests under way finish within the stop time-out, and stops. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop cleanly", e);
        } finally {
            deadlines.close();
        }
    }

    private static QueuedThreadPool threads() {
        // As many as there are connections: what is worked on at once is counted where more can be answered 503.
        VirtualThreadPool handlers = new VirtualThreadPool(-1);
        handlers.setName("http");
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("http-io");
        threads.setVirtualThreadsExecutor(handlers);
        return threads;
    }

    private static ServerConnector connector(Server server, HttpOptions options) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(options.headerBytes());
        http.setIdleTimeout(options.idleTimeout().toMillis());
        // An encoded slash or dot belongs to its segment; the routes see it decoded there and nowhere else.
        http.setUriCompliance(UriCompliance.DEFAULT);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.idleTimeout().toMillis());
        connector.setAcceptQueueSize(1024);
        // Connections without a request under way are closed at once when stopping.
        connector.setShutdownIdleTimeout(50);
        return connector;
    }

    private static Request.Handler errors(HttpEdge edge, RequestIds ids) {
        return (request, response, callback) -> {
            String id = ids.of(request.getHeaders().get(RequestIds.HEADER));
            int status = request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer code
                    ? code
                    : response.getStatus();
            HttpAnswer answer = edge.failures().render(new HttpFailure.Malformed(status), id);
            new Exchange(request, response, callback, edge, id, null).answer(answer);
            return true;
        };
    }
}
