package dev.parley.server.erasure;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.Keyed;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code POST /candidates/{id}/erase} and {@code POST /message-threads/{id}/erase}. */
public final class ErasureRoutes {

    private static final String RETRY_AFTER = "30";

    private final JsonApi api;
    private final Erasure erasure;

    private interface Work {
        Erasure.Outcome erase(UUID organization, UUID id) throws InterruptedException;
    }

    /**
     * @param fingerprint keyed hash of a provider's message id, the same that inbound messages are compared by
     * @param lease of dispatch: after it an attempt without a result is of a node that is gone
     * @param patience how long attempts that are under way are waited for; below the deadline of a request
     */
    public ErasureRoutes(
            JsonApi api,
            Database database,
            Function<String, byte[]> fingerprint,
            InstantSource clock,
            Duration lease,
            Duration patience) {
        this.api = api;
        this.erasure = new Erasure(database, new FingerprintStore(fingerprint), clock, lease, patience);
    }

    /** Both routes. */
    public List<Route> routes() {
        return List.of(
                api.action(
                                "/candidates/{id}/erase",
                                Access.ORGANIZATION,
                                Keyed.REPEATABLE,
                                context -> answer(context, "candidates", erasure::candidate))
                        .withScope(Scope.MANAGE),
                api.action(
                                "/message-threads/{id}/erase",
                                Access.ORGANIZATION,
                                Keyed.REPEATABLE,
                                context -> answer(context, "messageThreads", erasure::thread))
                        .withScope(Scope.MANAGE));
    }

    private HttpAnswer answer(RequestContext context, String type, Work work) throws InterruptedException {
        UUID id = uuid(context.call().pathParameter("id"));
        if (id == null) {
            return api.answers().refused(context, Problem.notFound(type));
        }
        return switch (work.erase(context.caller().organization(), id)) {
            case Erasure.Outcome.Done(Erased erased) -> done(context, erased);
            case Erasure.Outcome.Missing() -> api.answers().refused(context, Problem.notFound(type));
            case Erasure.Outcome.StillSending() ->
                api.answers()
                        .refused(
                                context,
                                Problem.of(
                                        ProblemCode.OVERLOADED,
                                        "A message to this person is being sent. Nothing more will be; "
                                                + "repeat the request to erase the rest."))
                        .with("Retry-After", RETRY_AFTER);
        };
    }

    /** The id in the path; null for one that nothing can have. */
    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    private HttpAnswer done(RequestContext context, Erased erased) {
        byte[] document = api.documents().write(out -> {
            out.writeObjectPropertyStart("meta");
            out.writeName("erased");
            out.writeTree(erased.json());
            out.writeEndObject();
        });
        return api.answers().document(context, document);
    }
}
