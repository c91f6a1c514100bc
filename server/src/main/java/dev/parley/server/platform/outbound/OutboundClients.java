package dev.parley.server.platform.outbound;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProtocolHandlers;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Sets Jetty's client up so that it does what it is told and nothing of its own accord. */
final class OutboundClients {

    private static final int IO_THREADS = 16;
    private static final int FEWEST_IO_THREADS = 2;
    private static final int LOOKUP_THREADS = 32;
    private static final int LOOKUPS_WAITING = 16_384;
    private static final int HEADER_BYTES = 16_384;
    private static final long UNUSED_HOST_MILLIS = 60_000;

    private OutboundClients() {}

    /**
     * A client for bodies that are in memory, and answers that are only copied or counted: whichever thread finds an answer reads
     * it, without waking another.
     */
    static HttpClient forCalls(GuardedResolver resolver, OutboundLimits limits, SslContextFactory.Client tls) {
        return start("outbound", InvocationType.NON_BLOCKING, resolver, limits, tls);
    }

    /** A client for bodies that are read as they are sent, which may take a while. */
    static HttpClient forFiles(GuardedResolver resolver, OutboundLimits limits, SslContextFactory.Client tls) {
        return start("outbound-files", InvocationType.BLOCKING, resolver, limits, tls);
    }

    private static HttpClient start(
            String name,
            InvocationType type,
            GuardedResolver resolver,
            OutboundLimits limits,
            SslContextFactory.Client tls) {
        CountingConnector connector = new CountingConnector();
        connector.setSslContextFactory(tls);
        connector.setSelectors(1);
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
        transport.setInvocationType(type);
        HttpClient client = new HttpClient(transport);
        client.setName(name);
        client.setExecutor(threads(name));
        client.setSocketAddressResolver(resolver);
        client.setMaxConnectionsPerDestination(limits.connectionsPerHost());
        client.setMaxRequestsQueuedPerDestination(limits.waitingPerHost());
        client.setConnectTimeout(limits.connectTimeout().toMillis());
        client.setIdleTimeout(limits.keepAlive().toMillis());
        client.setDestinationIdleTimeout(UNUSED_HOST_MILLIS);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setMaxRequestHeadersSize(HEADER_BYTES);
        client.setMaxResponseHeadersSize(HEADER_BYTES);
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Parley"));
        begin(client);
        return client;
    }

    static void stop(HttpClient client) {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client does not stop", e);
        }
    }

    /** Name servers may be slow for one host while others wait, so these threads are many; unused ones end. */
    static ExecutorService lookupThreads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                LOOKUP_THREADS,
                LOOKUP_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LOOKUPS_WAITING),
                Thread.ofPlatform().daemon().name("outbound-lookup-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static QueuedThreadPool threads(String name) {
        QueuedThreadPool threads = new QueuedThreadPool(IO_THREADS, FEWEST_IO_THREADS);
        threads.setName(name);
        threads.setDaemon(true);
        return threads;
    }

    /** What the client would do of its own accord is put in place when it starts, so it is taken out after that. */
    private static void begin(HttpClient client) {
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client does not start", e);
        }
        ProtocolHandlers handlers = client.getProtocolHandlers();
        handlers.remove(RedirectProtocolHandler.NAME);
        handlers.remove(WWWAuthenticationProtocolHandler.NAME);
        handlers.remove(ProxyAuthenticationProtocolHandler.NAME);
        client.getContentDecoderFactories().clear();
    }
}
