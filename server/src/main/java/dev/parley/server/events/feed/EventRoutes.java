package dev.parley.server.events.feed;

import dev.parley.server.events.feed.EventReader.Read;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.RequestContext;
import java.time.Duration;
import java.util.List;

/** {@code GET /events}: the log of every change, for pulling what was missed. Thread-safe. */
public final class EventRoutes {

    /** A transaction that holds the horizon back is waited for so long; what it hides comes with the next request. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final JsonApi api;
    private final EventReader reader;
    private final EventDocument document;

    public EventRoutes(JsonApi api, Database database) {
        this.api = api;
        this.reader = new EventReader(database, new HorizonReader(database, PATIENCE));
        this.document = new EventDocument(api.documents());
    }

    /** All of them. */
    public List<Route> routes() {
        return List.of(api.call(HttpMethod.GET, "/events", Access.ORGANIZATION, this::list));
    }

    private HttpAnswer list(RequestContext context) throws InterruptedException {
        EventQueryReader parameters = EventQueryReader.ofPull(api.documents().types());
        EventQuery query = parameters.read(context.call().query());
        if (!parameters.problems().isEmpty()) {
            return api.answers().refused(context, parameters.problems());
        }
        return switch (reader.read(context.caller().organization(), query)) {
            case Read.Events events -> api.answers().document(context, document.of(context, query, events));
            case Read.Expired() -> api.answers().refused(context, CursorProblems.expired());
            case Read.Ahead() -> api.answers().refused(context, CursorProblems.ahead());
        };
    }
}
