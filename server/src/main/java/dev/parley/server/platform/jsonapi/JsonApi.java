package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.FailureRenderer;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes routes of declarations, below one base path. Thread-safe. */
public final class JsonApi {

    /** Paths of the API this one is compatible with that are not offered here. */
    private static final List<String> NOT_SERVED =
            List.of("flows", "flow-runs", "flow-generations", "vacancies", "schedules");

    private final String basePath;
    private final JsonMapper mapper;
    private final Documents documents;
    private final Answers answers;
    private final Includables includables = new Includables();
    private final Map<String, Operand> operands = new ConcurrentHashMap<>();
    private final Map<String, Served> served = new ConcurrentHashMap<>();
    private final List<ResourceType> routed = new CopyOnWriteArrayList<>();
    private final @Nullable Database database;
    private final KeyedCalls keys;
    private final ListScope lists;

    /**
     * A layer without a database: it takes no idempotency keys but those that a resource looks after itself, and what a write
     * demands of the state is looked at before, but not held.
     */
    public JsonApi(String basePath, int depth) {
        this(basePath, depth, null, KeyedCalls::none);
    }

    /** A layer whose lists take at most 5 seconds a statement. */
    public JsonApi(String basePath, int depth, @Nullable Database database, Function<Answers, KeyedCalls> keys) {
        this(basePath, depth, database, keys, ListScope.alone());
    }

    /**
     * A layer.
     *
     * @param basePath such as {@code /public/v2}
     * @param depth how deeply the JSON of a body may be nested
     * @param database in which all that a write consists of is one transaction where it has to be
     * @param keys answers calls with an idempotency key
     * @param lists what its lists share; where one takes longer than they may, the answer is 400 {@code query_too_expensive}
     */
    public JsonApi(
            String basePath,
            int depth,
            @Nullable Database database,
            Function<Answers, KeyedCalls> keys,
            ListScope lists) {
        this.basePath = basePath;
        this.lists = lists;
        this.database = database;
        this.mapper = BodyParser.mapper(depth);
        this.documents = new Documents(mapper, basePath);
        this.answers = new Answers(documents);
        this.keys = keys.apply(answers);
    }

    /** Answers a call that isn't one of a resource's own methods; see {@link #call}. */
    @FunctionalInterface
    public interface Call {
        /** Answers, with the help of {@link #answers()}. */
        HttpAnswer answer(RequestContext context) throws Exception;
    }

    /**
     * The routes that a declaration has. Relations that lead to it can be included from now on, when an organization can
     * read it and its handler is {@link Related}.
     */
    public List<Route> routes(ResourceType type, Access access, ResourceHandler handler) {
        return routes(type, access, handler, call -> call);
    }

    /**
     * The routes of something that a partner manages for an organization, which the declared path names:
     * {@code /management/organizations/{organizationId}/…}. The handler finds that organization in its {@code Caller}.
     *
     * @param organizations whether there is one of that id; asked at each call
     */
    public List<Route> managedRoutes(ResourceType type, ResourceHandler handler, Predicate<UUID> organizations) {
        return routes(type, Access.PARTNER, handler, call -> new OrganizationCalls(call, organizations, answers));
    }

    private List<Route> routes(ResourceType type, Access access, ResourceHandler handler, UnaryOperator<Call> within) {
        if (access == Access.ORGANIZATION && handler instanceof Related related) {
            includables.add(type, related);
        }
        if (access == Access.ORGANIZATION && type.joins() && type.isWritten()) {
            operands.put(type.type(), new Operand(type, handler));
        }
        documents.add(type);
        routed.add(type);
        // What is included is an organization's, and the partner is none.
        Includables reachable = access == Access.ORGANIZATION ? includables : new Includables();
        ResourceCalls calls = new ResourceCalls(type, handler, mapper, answers, reachable, database);
        String list = type.path();
        String one = type.path() + "/{id}";
        List<Route> routes = new ArrayList<>();
        for (ResourceType.Method method : type.methods()) {
            routes.add(
                    switch (method) {
                        case LIST -> call(HttpMethod.GET, list, access, within.apply(calls::list));
                        case GET -> call(HttpMethod.GET, one, access, within.apply(calls::get));
                        case CREATE ->
                            limited(
                                    type,
                                    call(HttpMethod.POST, list, access, type.keyed(), within.apply(calls::create)));
                        case UPDATE -> limited(type, call(HttpMethod.PATCH, one, access, within.apply(calls::update)));
                        case DELETE -> scoped(type, call(HttpMethod.DELETE, one, access, within.apply(calls::delete)));
                    });
        }
        if (access == Access.ORGANIZATION) {
            Served parent = new Served(type, handler, calls);
            served.put(type.type(), parent);
            routes.addAll(new RelationRoutes(this, mapper, includables, served).of(parent));
        }
        return routes;
    }

    /**
     * A PATCH on a path without an id, for the one resource that the caller's token stands for.
     *
     * @param path below the base path
     */
    public Route updateOwn(String path, ResourceType type, ResourceHandler handler) {
        ResourceCalls calls = new ResourceCalls(type, handler, mapper, answers, includables, database);
        return limited(type, call(HttpMethod.PATCH, path, Access.ORGANIZATION, calls::updateOwn));
    }

    /**
     * A call of its own, with content negotiation and the idempotency key checked before.
     *
     * @param template below the base path
     */
    public Route call(HttpMethod method, String template, Access access, Call call) {
        return call(method, template, access, Keyed.TRANSACTION, call);
    }

    /**
     * As the other one, saying what an idempotency key means where what a POST does is not one transaction.
     *
     * @param template below the base path
     */
    public Route call(HttpMethod method, String template, Access access, Keyed keyed, Call call) {
        Call limited = lists.around(call);
        return Route.of(method, basePath + template, access, new Negotiated(limited, keyed, keys, answers, false));
    }

    /**
     * A POST of its own on a path that has no query parameters.
     *
     * @param template below the base path
     */
    public Route action(String template, Access access, Keyed keyed, Call call) {
        return call(HttpMethod.POST, template, access, keyed, withoutQuery(call));
    }

    /** The same call on a path that has no query parameters: each that is given is refused by name. */
    public Call withoutQuery(Call call) {
        return new Queryless(call, answers);
    }

    /**
     * As {@link #call}, for an answer of any media type: {@code Accept} is not looked at, and refusals are JSON:API's.
     *
     * @param template below the base path
     */
    public Route file(String template, Access access, Call call) {
        return Route.of(
                HttpMethod.GET,
                basePath + template,
                access,
                http -> call.answer(new RequestContext(http, Negotiation.JSON_API, null)));
    }

    /**
     * The route of the atomic operations extension, for every resource of an organization whose writes can be one transaction.
     *
     * @param most operations of one request
     * @param bodyLimit in bytes
     * @throws IllegalStateException without a database
     */
    public Route operations(int most, long bodyLimit) {
        if (database == null) {
            throw new IllegalStateException("operations are one transaction, which needs a database");
        }
        AtomicOperations all = new AtomicOperations(operands, database, answers, mapper, basePath, most);
        Negotiated negotiated = new Negotiated(all::answer, Keyed.TRANSACTION, keys, answers, true);
        return Route.of(HttpMethod.POST, basePath + "/operations", Access.ORGANIZATION, negotiated)
                .withBodyLimit(bodyLimit);
    }

    /** Answers for what this server knows but doesn't offer: 404 {@code not_served}. */
    public List<Route> notServed() {
        List<Route> routes = new ArrayList<>();
        for (String name : NOT_SERVED) {
            for (String template : List.of("/" + name, "/" + name + "/{id}", "/" + name + "/{id}/{more}")) {
                for (HttpMethod method : HttpMethod.values()) {
                    Problem problem = Problem.of(
                            ProblemCode.NOT_SERVED, "This server does not offer " + name + "; leave it out.");
                    routes.add(call(method, template, Access.ORGANIZATION, c -> answers.refused(c, problem)));
                }
            }
        }
        return routes;
    }

    /** The body of a {@link #call}: a JSON document, or why it is none. */
    public sealed interface Body {
        record Document(JsonNode node) implements Body {}

        record Bad(Problem problem) implements Body {}
    }

    /** Reads the body of a {@link #call}. */
    public Body body(RequestContext context) {
        return switch (BodyParser.parse(mapper, context.call().body())) {
            case BodyParser.Parsed.Document(JsonNode node) -> new Body.Document(node);
            case BodyParser.Parsed.Bad(Problem problem) -> new Body.Bad(problem);
        };
    }

    /** As {@link #types}, with one declaration for each path: what the partner has of the same resources comes by itself. */
    public List<ResourceType> routed() {
        return List.copyOf(routed);
    }

    /** The declarations of everything that has routes by now. */
    public Collection<ResourceType> types() {
        return documents.declared();
    }

    /** Makes answers for {@link #call}. */
    public Answers answers() {
        return answers;
    }

    /** Writes documents, for answers that are kept. */
    public Documents documents() {
        return documents;
    }

    /** What refusals of the HTTP edge look like. */
    public FailureRenderer failures() {
        return new JsonApiFailures(answers);
    }

    private static Route limited(ResourceType type, Route route) {
        Route scoped = scoped(type, route);
        return type.bodyLimit() == 0 ? scoped : scoped.withBodyLimit(type.bodyLimit());
    }

    private static Route scoped(ResourceType type, Route route) {
        return route.withScope(type.scope());
    }
}
