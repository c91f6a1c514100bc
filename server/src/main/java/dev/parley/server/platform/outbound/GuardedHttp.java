package dev.parley.server.platform.outbound;

import dev.parley.connector.ByteSource;
import dev.parley.connector.Outbound;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client for calls on behalf of an organization. Reaches only addresses that its {@link OutboundGuard} allows,
 * checked at each connection; follows no redirect, keeps no cookie, answers no challenge for a password, asks for no
 * compression and repeats no request. Connections are kept and used again; uploads have their own, as reading what is
 * uploaded may take a while.
 *
 * <p>{@code NotSent} is said only when it is certain that no byte of the request was taken by the network; whatever else
 * goes wrong is {@code Unknown}. Safe for use by many threads at once; blocks the calling thread, best a virtual one, until
 * the exchange ends, at most for the call's deadline (and up to a second to take a late exchange down).
 */
public final class GuardedHttp implements Outbound, AutoCloseable {

    /** An exchange is ended by the call's own deadline, never by a quiet connection. */
    private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(30);

    /** Characters, well below what the client's buffer for the head of a request holds. */
    private static final int MAX_HEAD = 12_000;

    private final OutboundGuard guard;
    private final HttpClient calls;
    private final HttpClient files;
    private final ExecutorService lookups;

    private GuardedHttp(OutboundGuard guard, HttpClient calls, HttpClient files, ExecutorService lookups) {
        this.guard = guard;
        this.calls = calls;
        this.files = files;
        this.lookups = lookups;
    }

    /** Starts a client that looks names up as the operating system does and trusts the certificates that Java trusts. */
    public static GuardedHttp start(OutboundGuard guard, OutboundLimits limits) {
        return start(guard, limits, HostLookup.SYSTEM, new SslContextFactory.Client());
    }

    /** As {@link #start(OutboundGuard, OutboundLimits)}, with another source of addresses and of trust. */
    public static GuardedHttp start(
            OutboundGuard guard, OutboundLimits limits, HostLookup lookup, SslContextFactory.Client tls) {
        ExecutorService lookups = OutboundClients.lookupThreads();
        GuardedResolver resolver = new GuardedResolver(guard, lookup, lookups);
        HttpClient calls = OutboundClients.forCalls(resolver, limits, tls);
        return new GuardedHttp(guard, calls, OutboundClients.forFiles(resolver, limits, tls), lookups);
    }

    @Override
    public Exchange call(Call call) {
        byte[] body = call.body();
        return made(
                calls,
                call,
                request -> body.length == 0 ? request : request.body(new BytesRequestContent(body)),
                request -> new PendingCall(call.answerLimit()).send(request, call.deadline()));
    }

    /**
     * As {@link #call}, for a caller who wants to know the head of the answer alone: its content is read to the call's limit and
     * forgotten, and one that is longer is cut off and counts all the same. The answer's body is empty.
     *
     * @param firstByte the longest that the head of the answer may take
     */
    public Exchange tell(Call call, Duration firstByte) {
        byte[] body = call.body();
        return made(
                calls,
                call,
                request -> request.body(new BytesRequestContent(body)),
                request -> new TellingCall(call.answerLimit()).send(request, firstByte, call.deadline()));
    }

    @Override
    public Exchange send(Call call, ByteSource body) {
        try (InputStream in = body.open()) {
            return made(
                    files,
                    call,
                    request -> request.body(new SourceContent(in, body.length())),
                    request -> new PendingCall(call.answerLimit()).send(request, call.deadline()));
        } catch (IOException e) {
            return new Exchange.NotSent("the file to send can't be read");
        }
    }

    @Override
    public Exchange receive(Call call, Sink sink) {
        return made(
                calls,
                call,
                UnaryOperator.identity(),
                request -> new ReceivingCall(sink, call.answerLimit()).send(request, call.deadline()));
    }

    private Exchange made(
            HttpClient client, Call call, UnaryOperator<Request> body, Function<Request, Exchange> sending) {
        String problem = guard.problemWith(call.uri());
        if (problem == null) {
            problem = problemWithHead(call);
        }
        if (problem == null && !call.deadline().isPositive()) {
            problem = "no time was left for the call";
        }
        if (problem != null) {
            return new Exchange.NotSent(problem);
        }
        Request request;
        try {
            request = body.apply(requestOf(client, call));
        } catch (IllegalArgumentException e) {
            return new Exchange.NotSent("no request can be made of the URL");
        }
        return sending.apply(request);
    }

    /** Ends all exchanges and closes all connections. */
    @Override
    public void close() {
        OutboundClients.stop(files);
        OutboundClients.stop(calls);
        lookups.shutdownNow();
    }

    private static Request requestOf(HttpClient client, Call call) {
        return client.newRequest(ascii(call.uri()))
                .method(call.method())
                .idleTimeout(call.deadline().plus(BEYOND_DEADLINE).toMillis(), TimeUnit.MILLISECONDS)
                .headers(fields -> call.headers().forEach(fields::put));
    }

    private static @Nullable String problemWithHead(Call call) {
        Map<String, String> headers = call.headers();
        int length = call.uri().toString().length();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            length += header.getKey().length() + header.getValue().length();
        }
        if (length > MAX_HEAD) {
            return "the URL and the headers are longer than " + MAX_HEAD + " characters in all";
        }
        for (String value : headers.values()) {
            if (!isPlain(value)) {
                return "a header's value holds characters other than plain ASCII";
            }
        }
        return null;
    }

    private static URI ascii(URI uri) {
        String ascii = uri.toASCIIString();
        return ascii.equals(uri.toString()) ? uri : URI.create(ascii);
    }

    /** A line break in a value would start a header of its writer's own. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' || c >= 0x7f) && c != '\t') {
                return false;
            }
        }
        return true;
    }
}
