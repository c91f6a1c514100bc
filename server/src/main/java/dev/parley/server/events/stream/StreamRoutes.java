package dev.parley.server.events.stream;

import dev.parley.server.events.feed.CursorProblems;
import dev.parley.server.events.feed.EventQuery;
import dev.parley.server.events.feed.EventQueryReader;
import dev.parley.server.events.feed.EventReader;
import dev.parley.server.events.feed.EventReader.Read;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.Keyed;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code GET /events/stream} and {@code POST /events/tickets}. Thread-safe. */
public final class StreamRoutes {

    private static final String LAST_ID = "Last-Event-ID";
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final JsonApi api;
    private final LiveStreams streams;
    private final EventReader reader;
    private final Tickets tickets;
    private final StreamOptions options;
    private final StreamMeter meter;
    private final Ids ids;

    StreamRoutes(
            JsonApi api,
            LiveStreams streams,
            EventReader reader,
            Tickets tickets,
            StreamOptions options,
            StreamMeter meter,
            Ids ids) {
        this.api = api;
        this.streams = streams;
        this.reader = reader;
        this.tickets = tickets;
        this.options = options;
        this.meter = meter;
        this.ids = ids;
    }

    /** Both. */
    public List<Route> routes() {
        return List.of(
                api.file("/events/stream", Access.ORGANIZATION, this::open).withTickets(tickets),
                // A ticket is a secret, so it is not kept; another one does no harm.
                api.action("/events/tickets", Access.ORGANIZATION, Keyed.OWN, this::ticket)
                        .withScope(Scope.READ));
    }

    private HttpAnswer ticket(RequestContext context) {
        Tickets.Ticket ticket = tickets.make(context.caller());
        byte[] document = api.documents().write(out -> {
            out.writeObjectPropertyStart("data");
            out.writeStringProperty("type", "eventTickets");
            out.writeStringProperty("id", ids.next().toString());
            out.writeObjectPropertyStart("attributes");
            out.writeStringProperty("ticket", ticket.text());
            out.writeStringProperty("expiresAt", Json.time(ticket.expiresAt()));
            out.writeEndObject();
            out.writeEndObject();
        });
        HttpAnswer answer = api.answers().document(context, document);
        return new HttpAnswer(201, answer.headers(), answer.body());
    }

    private HttpAnswer open(RequestContext context) throws InterruptedException {
        UUID organization = context.caller().organization();
        StreamPlaces.Answer place = streams.places().look(organization);
        if (place != StreamPlaces.Answer.GRANTED) {
            return refused(context, place);
        }
        List<Problem> problems = new ArrayList<>();
        EventQuery query = query(context, problems);
        if (!problems.isEmpty()) {
            return api.answers().refused(context, problems);
        }
        return switch (reader.read(organization, query)) {
            case Read.Events events -> stream(context, query, events);
            case Read.Expired() -> api.answers().refused(context, CursorProblems.expired());
            case Read.Ahead() -> api.answers().refused(context, CursorProblems.ahead());
        };
    }

    /** A browser that comes back asks with the same address as before, so the header goes before the parameter. */
    private EventQuery query(RequestContext context, List<Problem> problems) {
        EventQueryReader parameters = EventQueryReader.ofStream(api.documents().types());
        EventQuery query = parameters.read(context.call().query().stream()
                .filter(parameter -> !parameter.name().equals(Route.TICKET))
                .toList());
        problems.addAll(parameters.problems());
        String last = context.call().headers().first(LAST_ID);
        Long after = query.after();
        if (last != null && !last.isEmpty()) {
            if (POSITION.matcher(last).matches()) {
                after = Long.valueOf(last);
            } else {
                problems.add(Problem.header(LAST_ID, "Send the id of the last event that came, or leave it out."));
            }
        }
        return new EventQuery(
                after == null ? Long.valueOf(EventQuery.LATEST) : after, 1, query.resourceType(), query.thread());
    }

    private HttpAnswer stream(RequestContext context, EventQuery query, Read.Events read) {
        UUID organization = context.caller().organization();
        StreamPlaces.Answer place = streams.places().take(organization);
        if (place != StreamPlaces.Answer.GRANTED) {
            return refused(context, place);
        }
        Long after = query.after();
        boolean latest = after == null || query.latest();
        long cursor = after == null || latest ? read.cursor() : after;
        EventFilter filter = new EventFilter(query.resourceType(), query.thread());
        return HttpAnswer.open(
                headers(context),
                streams.make(organization, context.caller().tokenKey(), filter, cursor, latest ? cursor : 0));
    }

    private Map<String, String> headers(RequestContext context) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/event-stream");
        headers.put("Cache-Control", "no-store");
        // What nginx calls the wish that it hands on each piece as it comes.
        headers.put("X-Accel-Buffering", "no");
        String origin = context.call().headers().first("Origin");
        if (origin != null && options.allows(origin)) {
            headers.put("Access-Control-Allow-Origin", origin);
            headers.put("Vary", "Origin");
        }
        return headers;
    }

    private HttpAnswer refused(RequestContext context, StreamPlaces.Answer why) {
        meter.refused();
        if (why == StreamPlaces.Answer.ORGANIZATION_FULL) {
            Problem problem = Problem.of(
                    ProblemCode.TOO_MANY_STREAMS,
                    "This organization has as many streams open as it may, " + options.perOrganization()
                            + ". Close one, or let several readers share one.");
            return api.answers().refused(context, problem).with("Retry-After", "10");
        }
        Problem problem = Problem.of(
                ProblemCode.OVERLOADED,
                "As many streams are open here as may be, or this server is stopping. Come back, or pull GET /events.");
        return api.answers().refused(context, problem).with("Retry-After", "5");
    }
}
