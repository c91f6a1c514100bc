package dev.parley.server.platform.http;

import java.io.EOFException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Takes each request through its route: path, method, token, body, handler; the first that fails is the answer. */
final class Dispatcher extends Handler.Abstract {

    private static final long PER_BODY_BYTES = 8L << 20;

    /** The most time for an answer that is streamed. */
    private static final long STREAMING_NANOS = Duration.ofHours(1).toNanos();

    private final RouteTable routes;
    private final HttpOptions options;
    private final HttpEdge edge;
    private final RequestIds ids;
    private final Deadlines deadlines;
    private final Proxies proxies;
    private final Workload load;
    private final BodyReader bodies;
    private final Leftover leftover = new Leftover();
    private final FailureLog log = new FailureLog();

    Dispatcher(
            RouteTable routes, HttpOptions options, HttpEdge edge, RequestIds ids, Deadlines deadlines, Workload load) {
        this.load = load;
        this.routes = routes;
        this.options = options;
        this.edge = edge;
        this.ids = ids;
        this.deadlines = deadlines;
        this.proxies = new Proxies(options.trustedProxies(), options.publicUrl());
        this.bodies = new BodyReader(load.bodies());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String id = ids.of(request.getHeaders().get(RequestIds.HEADER));
        Connections.Turn turn = load.connections().begin(request);
        if (turn == null) {
            callback.failed(new EOFException("the connection was cut as its request came too slowly"));
            return true;
        }
        Exchange exchange = new Exchange(request, response, callback, edge, id, turn);
        long deadline = System.nanoTime() + options.requestDeadline().toNanos();
        try (Deadlines.Open open = deadlines.open(deadline, exchange::late)) {
            HttpAnswer answer = answer(exchange, open);
            if (answer == null) {
                exchange.abandon();
            } else if (Leftover.of(exchange)) {
                open.until(System.nanoTime() + Leftover.PATIENCE.toNanos());
                exchange.answerEarly(answer, leftover);
            } else {
                if (answer.stream() != null) {
                    open.until(deadline + STREAMING_NANOS);
                }
                exchange.answer(exchange.isHandling() || exchange.isConsumed() ? answer : closing(answer));
            }
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError unexpected) {
            if (!exchange.answered()) {
                log.unexpected(id, unexpected);
                exchange.answer(failure(exchange, new HttpFailure.Unexpected(unexpected)));
            }
        }
        return true;
    }

    private @Nullable HttpAnswer answer(Exchange exchange, Deadlines.Open open) throws Exception {
        Request request = exchange.request();
        List<String> segments = PercentDecoder.segments(request.getHttpURI().getCanonicalPath());
        RouteTable.Match match = segments == null ? null : routes.find(segments);
        if (match == null) {
            return failure(exchange, new HttpFailure.NoSuchPath());
        }
        HttpMethod method = HttpMethod.of(request.getMethod());
        Route route = method == null ? null : match.routes().get(method);
        if (method == null || route == null) {
            return otherMethod(exchange, match);
        }
        exchange.matched(route);
        Target target = new Target(method, route, match);
        return route.access() == Access.PUBLIC ? read(exchange, open, target, null) : asked(exchange, open, target);
    }

    /** Who asks, whether so often, and for that. */
    private @Nullable HttpAnswer asked(Exchange exchange, Deadlines.Open open, Target target) throws Exception {
        Route route = target.route();
        Caller caller = caller(exchange.request(), route);
        if (caller == null) {
            return failure(exchange, new HttpFailure.Unauthorized()).with("WWW-Authenticate", "Bearer");
        }
        CallerLimit.Verdict verdict = edge.limit().ask(caller);
        exchange.known(verdict.headers());
        Duration pause = verdict.pause();
        if (pause != null) {
            return failure(exchange, new HttpFailure.TooOften(pause));
        }
        if (!caller.may(route.access())) {
            return failure(exchange, new HttpFailure.WrongToken(route.access()));
        }
        if (!caller.has(route.scope())) {
            return failure(exchange, new HttpFailure.MissingScope(route.scope()));
        }
        return read(exchange, open, target, caller);
    }

    private record Target(HttpMethod method, Route route, RouteTable.Match match) {}

    private HttpAnswer otherMethod(Exchange exchange, RouteTable.Match match) {
        List<String> allowed = new ArrayList<>();
        match.routes().keySet().forEach(method -> allowed.add(method.name()));
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        HttpAnswer answer = exchange.request().getMethod().equals("OPTIONS")
                ? HttpAnswer.empty(204)
                : failure(exchange, new HttpFailure.WrongMethod(allowed));
        return answer.with("Allow", String.join(", ", allowed));
    }

    private @Nullable Caller caller(Request request, Route route) throws Exception {
        String header = request.getHeaders().get("Authorization");
        if (header == null) {
            return ticketHolder(request, route);
        }
        String token = header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7) : header;
        return token.isBlank() ? null : edge.authenticator().authenticate(token.strip());
    }

    private static @Nullable Caller ticketHolder(Request request, Route route) throws Exception {
        Authenticator tickets = route.tickets();
        List<QueryParameter> query = tickets == null
                ? null
                : PercentDecoder.query(request.getHttpURI().getQuery());
        if (tickets == null || query == null) {
            return null;
        }
        for (QueryParameter parameter : query) {
            if (parameter.name().equals(Route.TICKET)) {
                return tickets.authenticate(parameter.value());
            }
        }
        return null;
    }

    private @Nullable HttpAnswer read(Exchange exchange, Deadlines.Open open, Target target, @Nullable Caller caller)
            throws Exception {
        List<QueryParameter> query =
                PercentDecoder.query(exchange.request().getHttpURI().getQuery());
        if (query == null) {
            return failure(exchange, new HttpFailure.BadQuery());
        }
        Long own = target.route().bodyLimit();
        long limit = own == null ? options.bodyLimit() : own;
        if (!load.hasRoom()) {
            return overloaded(exchange);
        }
        open.until(System.nanoTime() + options.requestDeadline().toNanos());
        exchange.reading();
        return switch (bodies.read(exchange, limit, target.route().intake(), body -> paced(body, open, limit))) {
            case BodyReader.Body.TooLarge() -> failure(exchange, new HttpFailure.BodyTooLarge(limit));
            case BodyReader.Body.RestTooLarge(long most) -> failure(exchange, new HttpFailure.RestTooLarge(most));
            case BodyReader.Body.NoMemory() -> overloaded(exchange);
            case BodyReader.Body.Broken() -> null;
            case BodyReader.Body.Whole body -> {
                try {
                    yield handled(exchange, open, target, call(exchange, target, query, body, caller));
                } finally {
                    bodies.release(body);
                }
            }
        };
    }

    private HttpAnswer handled(Exchange exchange, Deadlines.Open open, Target target, HttpCall call) throws Exception {
        if (!load.begin()) {
            return overloaded(exchange);
        }
        try {
            exchange.handling();
            open.until(System.nanoTime() + options.requestDeadline().toNanos());
            Caller caller = call.caller();
            HttpHandler handler = target.route().handler();
            return caller == null
                    ? handler.handle(call)
                    : caller.actor(call.requestId()).doing(() -> handler.handle(call));
        } finally {
            load.end();
        }
    }

    private InputStream paced(InputStream body, Deadlines.Open open, long limit) {
        Duration span = options.requestDeadline();
        long end = System.nanoTime() + span.toNanos() * (1 + limit / PER_BODY_BYTES);
        return new PacedStream(body, open, span, options.slowest(), end);
    }

    private HttpAnswer overloaded(Exchange exchange) {
        return failure(exchange, new HttpFailure.Overloaded()).with("Retry-After", "1");
    }

    private HttpCall call(
            Exchange exchange,
            Target target,
            List<QueryParameter> query,
            BodyReader.Body.Whole body,
            @Nullable Caller caller) {
        Request request = exchange.request();
        List<String> segments = target.match().segments();
        Map<String, String> parameters = target.match().parameters(target.route());
        return new HttpCall(
                target.method(),
                "/" + String.join("/", segments),
                parameters,
                query,
                headers(request),
                body.bytes(),
                body.sha256(),
                proxies.remote(request),
                proxies.baseUrl(request),
                exchange.requestId(),
                caller);
    }

    private static Headers headers(Request request) {
        String[] namesAndValues = new String[request.getHeaders().size() * 2];
        int at = 0;
        for (var field : request.getHeaders()) {
            String value = field.getValue();
            namesAndValues[at++] = field.getName();
            namesAndValues[at++] = value == null ? "" : value;
        }
        return Headers.ofOwned(namesAndValues);
    }

    /** Jetty closes a connection with an unread body: unless told, its client would send the next request there. */
    private static HttpAnswer closing(HttpAnswer answer) {
        return answer.with("Connection", "close");
    }

    private HttpAnswer failure(Exchange exchange, HttpFailure failure) {
        return edge.failures().render(failure, exchange.requestId());
    }
}
