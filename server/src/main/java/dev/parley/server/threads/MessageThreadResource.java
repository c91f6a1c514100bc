package dev.parley.server.threads;

import dev.parley.connector.Connector;
import dev.parley.connector.IdentifierCheck;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Related;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import dev.parley.server.search.SearchFilter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /message-threads}. Safe for use by many threads at once. */
public final class MessageThreadResource implements ResourceHandler, Related {

    /** What a thread looks like. */
    public static final ResourceType TYPE = ResourceType.named(ThreadView.TYPE)
            .attributes(
                    Attribute.choice("channel", ChannelIdentifiers.CHANNELS)
                            .required()
                            .updatable(),
                    Attribute.text("identifier", 1, 320).required().updatable(),
                    Attribute.bool("chatbotPaused").optional().updatable().notNull())
            .relation(Relation.toOne("candidate", "candidates").optional().updatable())
            .attributes(
                    Attribute.id("channelAccountId").optional().updatable(),
                    Attribute.time("windowExpiresAt"),
                    Attribute.time("lastMessageAt"),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .relation(Relation.toMany("messages", "messages", "messageThreadId"))
            .filters(SearchFilter.declare())
            .sort("createdAt", "t.created_at")
            .idColumn("t.id")
            .build();

    private final Database database;
    private final ChannelIdentifiers identifiers;
    private final ThreadOpening opening;
    private final ThreadChange change;
    private final ThreadSweep sweep;
    private final Ids ids;
    private final InstantSource clock;

    /** @param sweep removes the messages of a deleted thread */
    public MessageThreadResource(
            Database database, List<Connector> connectors, ThreadSweep sweep, Ids ids, InstantSource clock) {
        this.database = database;
        this.identifiers = new ChannelIdentifiers(connectors);
        this.opening = new ThreadOpening(identifiers);
        this.change = new ThreadChange(identifiers);
        this.sweep = sweep;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Problem> validate(Write draft, boolean creating) {
        String channel = draft.text("channel");
        String identifier = draft.text("identifier");
        return channel != null
                        && identifier != null
                        && identifiers.check(channel, identifier) instanceof IdentifierCheck.Invalid(String detail)
                ? List.of(Problem.at(ProblemCode.INVALID_VALUE, draft.pointer("identifier"), detail))
                : List.of();
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> ThreadListStore.page(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        ThreadKey key = new ThreadKey(caller.organization(), id);
        return database.call(connection -> {
            MessageThread thread = ThreadStore.find(connection, key);
            return thread == null ? new Found.Missing() : new Found.One(resource(thread));
        });
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> wanted) {
        return database.call(connection -> ThreadListStore.byIds(connection, organization, wanted));
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        UUID chosen = write.id();
        MessageThread wanted = ThreadOpening.draft(
                caller.organization(),
                chosen == null ? ids.next() : chosen,
                write.require("channel", String.class),
                write.require("identifier", String.class),
                Boolean.TRUE.equals(write.bool("chatbotPaused")),
                write.uuid("candidateId"),
                write.uuid("channelAccountId"),
                clock.instant());
        return result(database.transact(connection -> opening.run(connection, wanted, chosen != null)), write);
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        ThreadPatch patch = new ThreadPatch(
                write.text("channel"),
                write.text("identifier"),
                write.bool("chatbotPaused"),
                write.has("candidateId"),
                write.uuid("candidateId"),
                write.has("channelAccountId"),
                write.uuid("channelAccountId"),
                clock.instant());
        ThreadKey key = new ThreadKey(caller.organization(), id);
        return result(database.transact(connection -> change.run(connection, key, patch)), write);
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        Instant now = clock.instant();
        ThreadKey asked = new ThreadKey(caller.organization(), id);
        Optional<ThreadKey> gone = database.transact(connection -> {
            MessageThread thread = ThreadStore.find(connection, asked);
            if (thread != null
                    && ThreadRemoval.begin(connection, thread.organizationId(), thread.id(), now)
                            .isEmpty()) {
                throw new SQLException("the thread was removed or merged this moment", "40001");
            }
            return Optional.ofNullable(thread).map(MessageThread::key);
        });
        if (gone.isEmpty()) {
            return new WriteResult.Missing();
        }
        database.afterwards(() -> sweep.empty(gone.get()));
        return new WriteResult.Deleted();
    }

    static Resource resource(MessageThread thread) {
        return new Resource(thread.id(), ThreadView.attributes(thread), ThreadView.meta(thread));
    }

    private static WriteResult result(ThreadOutcome outcome, Write write) {
        return switch (outcome) {
            case ThreadOutcome.Made(MessageThread thread) -> new WriteResult.Created(resource(thread));
            case ThreadOutcome.Existing(MessageThread thread) -> new WriteResult.Existing(resource(thread));
            case ThreadOutcome.Changed(MessageThread thread) -> new WriteResult.Updated(resource(thread));
            case ThreadOutcome.Gone() -> new WriteResult.Missing();
            case ThreadOutcome.NoCandidate() ->
                at(write, ProblemCode.RELATED_NOT_FOUND, "candidateId", "There is no candidate with this id.");
            case ThreadOutcome.NoAccount() ->
                at(
                        write,
                        ProblemCode.RELATED_NOT_FOUND,
                        "channelAccountId",
                        "There is no channel account with this id.");
            case ThreadOutcome.OtherChannel() ->
                at(
                        write,
                        ProblemCode.INVALID_VALUE,
                        write.has("channelAccountId") ? "channelAccountId" : "channel",
                        "The channel account is of another channel than the thread; name one of the same, or null.");
            case ThreadOutcome.CandidateFixed() ->
                at(
                        write,
                        ProblemCode.CANDIDATE_FIXED,
                        "candidateId",
                        "The thread has another candidate already; leave it as it is.");
            case ThreadOutcome.ChannelFixed() ->
                at(write, ProblemCode.CHANNEL_FIXED, "channel", "The thread has messages; open a new thread.");
            case ThreadOutcome.Taken(UUID id) -> taken(id);
            case ThreadOutcome.IdTaken() ->
                WriteResult.refused(Problem.at(ProblemCode.ID_TAKEN, "/data/id", "Choose another id."));
            case ThreadOutcome.BadIdentifier(String detail) ->
                at(write, ProblemCode.INVALID_VALUE, write.has("identifier") ? "identifier" : "channel", detail);
        };
    }

    private static WriteResult taken(UUID id) {
        return WriteResult.refused(Problem.of(
                        ProblemCode.THREAD_EXISTS,
                        "This person has a thread on this channel already; use the one that meta.id names.")
                .with(Json.MAPPER.createObjectNode().put("id", id.toString())));
    }

    private static WriteResult at(Write write, ProblemCode code, String attribute, String detail) {
        return WriteResult.refused(Problem.at(code, write.pointer(attribute), detail));
    }
}
