package dev.parley.server.messages;

import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.BodyIntake;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.Keyed;
import dev.parley.server.platform.jsonapi.Many;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.Uuids;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes of messages: the resource, the attempts of one, and marking those of a thread read. Thread-safe. */
public final class MessageRoutes {

    private final ResourceType type;
    private final MessagesResource resource;
    private final AttemptViewStore attempts;
    private final ToldStore told;
    private final ReadMarking reading;
    private final BulkMessages bulk;
    private final Options options;

    /**
     * @param submits accepts messages
     * @param payloads reads what they say
     * @param rules of every channel that is served
     * @param ids makes the ids of messages whose sender chose none
     * @param clock by which messages are dated
     * @param options what can be set
     */
    public MessageRoutes(
            SubmitService submits,
            Payloads payloads,
            Database database,
            List<ChannelRule> rules,
            Ids ids,
            InstantSource clock,
            Options options) {
        this.type = MessageType.declare(payloads, options.bodyLimit());
        MessageDrafts drafts = new MessageDrafts(ids, clock, options.expiry());
        this.resource = new MessagesResource(
                submits,
                new MessageStore(database, type),
                new MessageService(database, rules, options.expiry(), clock),
                rules,
                drafts);
        this.bulk = new BulkMessages(submits, drafts, System::nanoTime);
        this.options = options;
        this.attempts = new AttemptViewStore(database);
        this.told = new ToldStore(database);
        this.reading = new ReadMarking(database, rules, clock);
    }

    /**
     * What can be set.
     *
     * @param expiry how long after it is due a message expires, unless told otherwise; at most 30 days
     * @param bodyLimit the most bytes of the body of a POST or PATCH
     * @param bulk the most messages of one request
     * @param bulkBodyLimit the most bytes of its body
     */
    public record Options(Duration expiry, long bodyLimit, int bulk, long bulkBodyLimit) {

        /** The documented defaults: 24 hours, 140 MiB, 1,000 at once, 20 MiB. */
        public static final Options DEFAULTS = new Options(Duration.ofHours(24), 140L << 20, 1000, 20L << 20);

        /** Checks the range. */
        public Options {
            if (!expiry.isPositive() || expiry.compareTo(Schedule.LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "messages expire after more than nothing and at most " + Schedule.LONGEST.toDays() + " days");
            }
        }
    }

    /** All of them. */
    public List<Route> routes(JsonApi api) {
        return routes(api, null);
    }

    /**
     * All of them.
     *
     * @param intake takes large bodies of messages; null to hold each whole
     */
    public List<Route> routes(JsonApi api, @Nullable BodyIntake intake) {
        List<Route> routes = new ArrayList<>();
        for (Route route : api.routes(type, Access.ORGANIZATION, resource)) {
            routes.add(intake == null ? route : route.withIntake(intake));
        }
        routes.add(api.call(
                HttpMethod.GET,
                type.path() + "/{id}/attempts",
                Access.ORGANIZATION,
                api.withoutQuery(context -> attempts(api, context))));
        routes.add(api.action(
                "/message-threads/{id}/read", Access.ORGANIZATION, Keyed.REPEATABLE, context -> read(api, context)));
        routes.add(
                api.action(type.path() + "/bulk", Access.ORGANIZATION, Keyed.REPEATABLE, context -> bulk(api, context))
                        .withBodyLimit(options.bulkBodyLimit()));
        return routes;
    }

    /** Marks what is unread in a thread, as {@code POST /message-threads/{id}/read} does; nothing when there is none. */
    public void markRead(UUID organization, UUID thread) {
        reading.mark(organization, thread);
    }

    private HttpAnswer bulk(JsonApi api, RequestContext context) throws InterruptedException {
        return switch (api.body(context)) {
            case JsonApi.Body.Bad(Problem problem) -> api.answers().refused(context, problem);
            case JsonApi.Body.Document(JsonNode document) ->
                switch (Many.read(type, resource, document, options.bulk())) {
                    case Many.Read.Bad(Problem problem) -> api.answers().refused(context, problem);
                    case Many.Read.Items(List<Many.Item> items) -> {
                        List<WriteResult> results = bulk.accept(context, items);
                        if (results.stream().anyMatch(MessageRoutes::mayGoBetterAgain)) {
                            context.unfinished();
                        }
                        yield api.answers()
                                .many(
                                        context,
                                        type,
                                        results,
                                        items.stream()
                                                .map(item -> item.write().ignored())
                                                .toList());
                    }
                };
        };
    }

    /** Whether it was not the message's fault: 429, 503 and 500 are kept under no key. */
    private static boolean mayGoBetterAgain(WriteResult result) {
        return result instanceof WriteResult.Busy
                || (result instanceof WriteResult.Refused(List<Problem> problems)
                        && problems.stream().anyMatch(problem -> problem.code() == ProblemCode.INTERNAL_ERROR));
    }

    /** Marks what is unread in a thread; the body, if there is one, says nothing. */
    private HttpAnswer read(JsonApi api, RequestContext context) {
        UUID id = Uuids.parse(context.call().pathParameter("id"));
        Integer marked = id == null ? null : reading.mark(context.caller().organization(), id);
        if (marked == null) {
            return api.answers().refused(context, Problem.notFound("messageThreads"));
        }
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.putObject("jsonapi").put("version", "1.1");
        document.putObject("meta").put("read", marked);
        return api.answers().document(context, Json.text(document).getBytes(StandardCharsets.UTF_8));
    }

    private HttpAnswer attempts(JsonApi api, RequestContext context) {
        UUID organization = context.caller().organization();
        UUID id = Uuids.parse(context.call().pathParameter("id"));
        List<AttemptView> found = id == null ? null : attempts.find(organization, id);
        return id == null || found == null
                ? api.answers().refused(context, Problem.notFound(type.type()))
                : api.answers().document(context, document(found, told.find(organization, id)));
    }

    private static byte[] document(List<AttemptView> attempts, ArrayNode told) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.putObject("jsonapi").put("version", "1.1");
        ArrayNode data = document.putArray("data");
        attempts.forEach(attempt -> data.add(attempt.resource()));
        document.putObject("meta").set("webhookLogs", told);
        return Json.text(document).getBytes(StandardCharsets.UTF_8);
    }
}
