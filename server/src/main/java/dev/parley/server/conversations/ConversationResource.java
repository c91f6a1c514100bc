package dev.parley.server.conversations;

import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Related;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /conversations}. Safe for use by many threads at once. */
public final class ConversationResource implements ResourceHandler, Related {

    /** What a conversation looks like. */
    public static final ResourceType TYPE = ConversationType.TYPE;

    private final Database database;
    private final Reading reading;
    private final InstantSource clock;

    /** Marks what is unread in a thread as read, and tells {@link Conversations} of it. */
    @FunctionalInterface
    public interface Reading {
        void read(UUID organization, UUID thread);
    }

    /** @param reading does what {@code POST /message-threads/{id}/read} does */
    public ConversationResource(Database database, Reading reading, InstantSource clock) {
        this.database = database;
        this.reading = reading;
        this.clock = clock;
    }

    @Override
    public List<Problem> validate(Write draft, boolean creating) {
        List<Problem> problems = new ArrayList<>();
        if (Boolean.TRUE.equals(draft.bool(ConversationType.UNREAD))) {
            problems.add(problem(draft, ConversationType.UNREAD, "false"));
        }
        Long count = draft.whole(ConversationType.COUNT);
        if (count != null && count != 0) {
            problems.add(problem(draft, ConversationType.COUNT, "0"));
        }
        return problems;
    }

    private static Problem problem(Write draft, String attribute, String value) {
        String detail =
                "Write " + value + ", which marks its messages read; what the candidate writes is counted by itself.";
        return Problem.at(ProblemCode.INVALID_VALUE, draft.pointer(attribute), detail);
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> ConversationListStore.page(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) throws Exception {
        return found(caller.organization(), id);
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) {
        return database.call(connection -> ConversationListStore.byIds(connection, organization, ids));
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        UUID organization = caller.organization();
        if (write.has(ConversationType.UNREAD) || write.has(ConversationType.COUNT)) {
            // Not locked: reading locks the messages first.
            Optional<UUID> thread = database.call(
                    connection -> Optional.ofNullable(ConversationStore.threadOf(connection, organization, id)));
            thread.ifPresent(one -> reading.read(organization, one));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.transact(connection -> status(connection, organization, id, write, now));
    }

    private static WriteResult status(Connection connection, UUID organization, UUID id, Write write, Instant now)
            throws SQLException {
        Conversation before = ConversationStore.lock(connection, organization, id);
        if (before == null) {
            return new WriteResult.Missing();
        }
        String status = write.text(ConversationType.STATUS);
        if (status == null || status.equals(before.status())) {
            return new WriteResult.Updated(before.resource());
        }
        Conversation after = before.withStatus(status, now);
        ConversationStore.update(connection, after);
        EventLog.append(connection, after.updated(after.changed(before)));
        return new WriteResult.Updated(after.resource());
    }
}
